import base from './base.css';
import composer from './composer.css';
import log from './log.css';
import message from './message.css';
import panel from './panel.css';
import screens from './screens.css';

/** All of the widget's looks, in cascade order; `screens` last, because it corrects the others. */
export const css = [base, panel, log, message, composer, screens].join('');
