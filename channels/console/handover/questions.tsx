import { call } from '../api/call.ts';
import { useT } from '../i18n/index.tsx';
import { SayBox } from './say-box.tsx';
import { isOver, type Shown } from './types.ts';
import { useWrite } from './use-write.ts';

/** Questions 提问 of who comes, answered on record by who goes. */
export function Questions({ handover, onChanged }: Shown) {
  const t = useT();
  const { write } = useWrite(onChanged);
  const { id, mine, questions } = handover;
  const asks = mine.comes && !isOver(handover);
  const answers = mine.goes || mine.leads;
  if (questions.length === 0 && !asks) return null;
  const answer = (no: number) => (text: string) =>
    write((options) =>
      call('POST /api/v1/handover-questions/:no/answer', { params: { no }, body: { answer: text } }, options),
    );
  const ask = (text: string) =>
    write((options) =>
      call('POST /api/v1/handovers/:id/questions', { params: { id }, body: { text } }, options),
    );
  return (
    <section>
      <h3>{t('handover.questions')}</h3>
      <ol className="handover-items">
        {questions.map((each) => (
          <li key={each.no} data-testid="handover-question">
            {each.asker}：{each.text}
            {each.answer !== null && (
              <p>
                {each.answerer}：{each.answer}
              </p>
            )}
            {each.answer === null && answers && (
              <SayBox
                hint={t('handover.answer')}
                act={t('handover.answer')}
                testId={`answer-${each.no}`}
                say={answer(each.no)}
              />
            )}
          </li>
        ))}
      </ol>
      {asks && (
        <SayBox hint={t('handover.askHint')} act={t('handover.ask')} testId="handover-ask" say={ask} />
      )}
    </section>
  );
}
