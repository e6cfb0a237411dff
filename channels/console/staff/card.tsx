import { Button } from 'antd';
import type { Card } from './chat-state.ts';

/** A card 卡片: text, facts, and buttons until it is decided; then its outcome stands where they were. */
export function CardView({ card, onPress }: { card: Card; onPress(title: string, data: unknown): void }) {
  const [title, ...texts] = card.texts;
  return (
    <div className="card" data-testid="card">
      {title && <p className="card-title">{title.text}</p>}
      {texts
        .filter(({ strong }) => !strong)
        .map(({ text }) => (
          <p key={text} className="plain">
            {text}
          </p>
        ))}
      {card.facts.length > 0 && (
        <dl>
          {card.facts.map(({ title: label, value }) => (
            <div key={`${label} ${value}`} className="card-fact">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {texts
        .filter(({ strong }) => strong)
        .map(({ text }) => (
          <p key={text} className="card-outcome" data-testid="card-outcome">
            {text}
          </p>
        ))}
      {card.buttons.length > 0 && (
        <div className="card-buttons">
          {card.buttons.map(({ title: name, data, style }) => (
            <Button
              key={name}
              type={style === 'positive' ? 'primary' : 'default'}
              danger={style === 'destructive'}
              onClick={() => onPress(name, data)}
              data-testid="card-button"
            >
              {name}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
