import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cronInWords, inWordsLong, inWordsShort, kindOf, kindOfExpression, plainCron } from '../../js/domain/schedule.js';
import { aCheck } from './a-check.js';

describe('The kind of a schedule', () => {
  it('is cron for one line of five fields, and OnCalendar for anything else', () => {
    assert.equal(kindOfExpression('0 3 * * *'), 'cron');
    assert.equal(kindOfExpression('  */5  * * * MON-FRI '), 'cron');
    assert.equal(kindOfExpression('daily'), 'oncalendar');
    assert.equal(kindOfExpression('@daily'), 'oncalendar');
    assert.equal(kindOfExpression('a b c\nd e'), 'oncalendar');
  });

  it('is simple without an expression', () => {
    assert.equal(kindOf(aCheck()), 'simple');
  });
});

describe('A name of cron', () => {
  it('stands for five fields', () => {
    assert.equal(plainCron('@daily'), '0 0 * * *');
    assert.equal(plainCron(' @Hourly\n'), '0 * * * *');
    assert.equal(plainCron('@annually'), plainCron('@yearly'));
  });

  it('is known among other expressions', () => {
    assert.equal(plainCron(' 0 3 * * * '), '0 3 * * *');
    assert.equal(plainCron('daily'), 'daily');
    assert.equal(plainCron('@reboot'), '@reboot');
  });
});

describe('A cron expression', () => {
  const sentences = {
    '* * * * *': 'every minute',
    '*/15 * * * *': 'every 15 minutes',
    '5 * * * *': 'every hour at :05',
    '0 */6 * * *': 'every 6 hours at :00',
    '0 3 * * *': 'daily at 03:00',
    '30 8,20 * * *': 'daily at 08:30 and 20:30',
    '0 9 * * MON-FRI': '09:00 on Monday to Friday',
    '0 9 * * 1-5': '09:00 on Monday to Friday',
    '0 9 * * 0,6': '09:00 on Sunday and Saturday',
    '0 9 * * 7': '09:00 on Sunday',
    '15 4 1 * *': '04:15 on the 1st of the month',
    '15 4 2,11,23 * *': '04:15 on the 2nd, 11th and 23rd of the month',
  };
  for (const [expression, sentence] of Object.entries(sentences)) {
    it(`${expression} says “${sentence}”`, () => assert.equal(cronInWords(expression), sentence));
  }

  it('says nothing where a sentence would be wrong or long', () => {
    const silent = [
      '*/7 * * * *',
      '0 */5 * * *',
      '0 3 1 * MON',
      '0 3 * 6 *',
      '0-5 3 * * *',
      '0 25 * * *',
      '61 3 * * *',
      '0 3 * * MON#1',
      'daily',
    ];
    for (const expression of silent) assert.equal(cronInWords(expression), null, expression);
  });
});

describe('A schedule in words', () => {
  it('gives zone and grace in full', () => {
    assert.equal(
      inWordsLong(aCheck({ schedule: '0 3 * * *', tz: 'Europe/Riga' })),
      'daily at 03:00 (Europe/Riga), 1 hour grace',
    );
    assert.equal(inWordsLong(aCheck()), 'every hour, 1 hour grace');
  });

  it('joins the lines of an OnCalendar schedule', () => {
    assert.equal(inWordsShort(aCheck({ schedule: 'Mon 09:00\nTue 10:00\n' })), 'Mon 09:00; Tue 10:00');
  });
});
