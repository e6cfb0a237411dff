/**
 * Words that people in customer service use for one another: a group a line. Written from general knowledge of the
 * language, for no particular centre; a centre's own go to `synonyms` of the index.
 */
export default `
buy, purchase, order, ordering, get
price, cost, fee, charge, rate, expensive, cheap, pricing, how much
cancel, cancelled, cancelling, stop, terminate, end, abort, undo, revoke
close, delete, remove, erase, deactivate, get rid of
refund, reimburse, reimbursement, money back, get back
return, returned, returning, revert, reverted, send back, give back, bounce, back
lost, lose, losing, missing, misplace, misplaced, disappear, vanish, gone, can not find
stolen, steal, theft, robbed, thief, stole
broken, break, broke, damaged, faulty, defective, malfunction, not work, not working, stopped working
work, working, function, operate
fail, failed, unsuccessful, not go through, not work, error, not complete
decline, reject, refuse, deny, denied, turn down, block
allow, permit, let, accept, accepted, support, permitted
unable, can not, not able, could not, will not let, not let
deliver, ship, send, dispatch, mail, post, courier, delivery, shipping, shipment, express
arrive, come, came, show up, get here, receive, received, got, land, appear
receive, get, got, obtain, collect
late, delay, delayed, slow, overdue, taking long, long time
fast, quick, quickly, express, urgent, urgently, asap, immediately, soon, rush, hurry, urgency, expedite
wait, waiting, pending, hold, still, process, processing, stuck, in progress
track, locate, trace, where is, whereabout
change, modify, edit, update, alter, switch, amend, swap, correct, adjust
replace, replacement, exchange, substitute, reissue
new, fresh, another
start, begin, activate, enable, turn on, set up, setup, open, activation
disable, turn off, switch off
verify, confirm, prove, validate, authenticate, check, verification, proof
identity, id, identification, who i am
recognize, recognise, know, remember, familiar, aware, recall
unknown, strange, weird, suspicious, unrecognized, unfamiliar, odd, unauthorized, fraud, fraudulent, not recognize, not recognise, not make, did not do
account, profile
password, passcode, pin, code
forget, forgot, forgotten, not remember
unlock, unblock, blocked, locked, lock
phone, mobile, cell, cellphone, telephone, smartphone
call, ring, dial, phone
talk, speak, chat, contact, reach
person, human, agent, representative, operator, someone, staff
help, assist, support, aid
problem, issue, trouble, matter, wrong
why, reason, cause, how come, what for, explain
money, cash, funds, fund
deposit, add, put in, top up, topup, topped up, topping up, load, reload, put money, add money
withdraw, take out, get out, withdrawal, take money, withdrew, cash out
atm, cash machine, cashpoint, cash point
transfer, send, wire, remit, move, transmit, sent
payment, transaction, pay, purchase, paid, spend, spent
bill, invoice, statement
balance, how much money
limit, maximum, max, cap, restriction, most, minimum, how many
currency, currencies, usd, dollar, euro, eur, pound, gbp, aud
abroad, overseas, foreign, international, travel, country, countries, worldwide, outside
europe, eu, country
place, location, nearby, closest, nearest, local, where, near
store, shop, merchant, seller, retailer, business, vendor
twice, double, duplicate, two times, again, duplicated, multiple
extra, additional, more, another, second, spare
child, children, kid, daughter, son, teen, age, old, young, minor
friend, family, relative, someone else, wife, husband
job, employer, salary, wage, income, paycheck, boss, work
movie, film
song, music, track, tune, playlist
car, vehicle, auto, automobile
flight, plane, fly, airplane, airline
hotel, room, accommodation, lodging
restaurant, diner, place to eat, eatery
food, meal, eat, dinner, lunch, breakfast
recipe, cook, make, prepare, bake
schedule, appointment, meeting, calendar
reserve, book, reservation, booking
remind, reminder, alert, notify, notification
alarm, wake
weather, rain, temperature, forecast, sunny, snow
translate, language, spanish, french, german, italian, chinese, japanese
define, meaning, mean, definition
hello, hi, hey, greetings
bye, goodbye, farewell, see you
thanks, thank, appreciate, grateful
yes, yeah, yep, sure, affirmative, absolutely, certainly
no, nope, nah, negative
repeat, say again
maybe, perhaps, possibly, unsure, not sure
vacation, holiday, pto, day off, time off, leave
doctor, dentist, physician
insurance, coverage, insured
tax, taxes, irs
size, big, small, large, dimension, measure, height, length, width, inch
colour, color
discount, offer, coupon, promo, deal, sale, promotion, code, voucher
product, item, goods, article
available, stock, exist, in stock, availability
warranty, guarantee
quality, good, best, better
compare, difference, different, versus, vs
emi, installment, instalment, monthly
bed, mattress
trial, try, test, sample
complaint, complain, unhappy, dissatisfied, upset
show, display, see, view, look
find, search, look for, locate
use, utilize, using, used
need, want, require, like, wish, would like
register, sign up, enroll, join, subscribe
login, log in, sign in, access
wifi, wi fi, internet, network, connection
safe, secure, security, protect
when, how long, time, duration, day, days, how soon, date
today, now, currently
expire, expiry, expiration, expiring
gas, fuel, petrol, gasoline
tire, tyre
deduct, debit, debited, taken, charged
country, countries, abroad, overseas, france, spain, italy, germany, canada, russia, brazil, china, japan, mexico, india, australia, england, uk, us, usa, america, united states, united kingdom, ireland, scotland, greece, turkey, egypt, thailand, vietnam, korea, israel, africa, asia, argentina, portugal, sweden, norway, poland, switzerland, austria, netherlands
city, cities, town, new york, london, paris, chicago, los angeles, san francisco, boston, seattle, miami, dallas, houston, atlanta, denver, orlando, las vegas, philadelphia, phoenix, portland, detroit, tokyo, berlin, rome, madrid, toronto, cleveland, austin, san diego
name, tom, john, mike, bob, james, david, mary, sarah, jason, nick, chris, steve, jack, joe, sam, anna, emily, charlie, george, mark, paul, peter, kevin, brian, susan, lisa, jim, dave, frank, tim, adam, max, alex
language, spanish, french, german, italian, chinese, japanese, arabic, mandarin, portuguese, korean, russian, hindi, dutch, swedish, latin, english
monday, tuesday, wednesday, thursday, friday, saturday, sunday, weekend, weekday
january, february, march, april, june, july, august, september, october, november, december, month
chase, citi, citibank, bank of america, wells fargo, capital one, hsbc, barclays, us bank, usaa
visa, mastercard, master card, amex, american express, maestro
yen, yuan, rupee, rupees, peso, pesos, franc, ruble, crypto, bitcoin, currency
pizza, chicken, pasta, beef, steak, rice, soup, salad, burger, sandwich, fish, cheese, bread, potato, lasagna, tacos, cake, pie, egg, eggs
milk, eggs, bread, apples, bananas, paper towels, toilet paper, grocery, groceries, shopping list
light, lights, lamp, thermostat, tv, television, speaker, oven, door
suggest, recommend, recommendation, advise, advice, suggestion
franchise, dealership, dealer, distributor, distributorship, wholesale, reseller, partner, bulk
covid, corona, coronavirus, lockdown, curfew, pandemic, quarantine
protein, whey, bcaa, creatine, omega, fish oil, multivitamin, vitamin, vitamins, calcium, collagen, glutathione, supplement, supplements, nutrition, gainer
skin, hair, face, glow, acne, beauty, brightness
weight loss, lose weight, fat, slim, fat loss, gain weight, weight gain, muscle, bodybuilding, diet, gym, workout, exercise, fitness, bmi, goal
foam, latex, memory foam, spring, coir, material, made of
king, queen, double, single, twin
inch, inches, feet, ft, foot, cm, centimeter, dimension, dimensions, thickness
back pain, spine, slip disc, ortho, orthopedic, orthopaedic, posture, lumbar, neck pain, backache, back
soft, hard, firm, comfortable, comfort, firmness, medium
pillow, pillows, cushion, cushions, sheet, bedsheet, protector, cover
bad, worst, terrible, pathetic, useless, waste, horrible, rude, poor, disappointed, ridiculous, awful
customer care, customer service, customer support, helpline, toll free, hotline, call center, call centre, contact number, phone number, care number
unavailable, not available, busy, not picking, not answering, no response, not responding, no reply
website, site, portal, app, page, web
parcel, package, packet, consignment, shipment
cod, cash on delivery, net banking, upi, paytm, gpay, prepaid, pay online, online payment, payment method, mode of payment
pincode, pin code, zip code, zipcode, postal code, postcode, area, location
original, genuine, authentic, fake, counterfeit, real, legit
purpose, meaning of life, existence, exist, earth, humanity
created, designed, programmed, manufactured, developed, invented, creator, manufacturer
distance, how far, miles, travel time, drive time, long drive, commute
danger, dangerous, safe, safety, risk, warning, alert
bot, robot, ai, artificial
trivia, fact, facts, interesting
joke, funny, laugh
old, age, years, birthday, born
hospital, doctor, vaccine, shot, medicine, health
near me, around here, close by, in my area, around me
`;
