export default function Staff(_: { onClose?(): void }) {
  return null;
}
