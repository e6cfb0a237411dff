/** Questions of everyday life from many fields, one a line: what a centre is asked that is none of its business. */
export default `
how long should i boil an egg
who won the football world cup in 1998
what is the tallest mountain in africa
can dogs eat grapes
how do i get red wine out of a carpet
write me a poem about autumn
what's the square root of 144
which team do you support
is it going to snow this weekend
how many calories are in a banana
what year did the berlin wall fall
recommend me a good science fiction novel
how do vaccines work
why is the sky blue
what's a synonym for happy
how do i tie a bow tie
are tomatoes a fruit or a vegetable
who painted the mona lisa
teach me to play the guitar
my back hurts when i sit
how far away is the moon
what do you call a baby kangaroo
what should i wear to a wedding
tell me the plot of hamlet
how do you say good night in swahili
when do the shops open on sunday in berlin
what's the best way to train a puppy
do plants feel pain
how do i write a cover letter for a job
what's the meaning of life
who is the president of brazil
how can i lose ten kilos before summer
what time does the sun set in oslo
find me a recipe for lasagne
do you believe in ghosts
how do i change a flat tyre
what's trending in the news
play some jazz from the fifties
what are the side effects of aspirin
which stars can i see tonight
how old is the universe
roll two dice for me
how do i remove a tick from my cat
what was the score last night
explain quantum entanglement like i am five
is my sister older than me
how deep is the atlantic ocean
what films are on at the cinema
how do i get my baby to sleep
what's the capital of mongolia
turn on the lights in the kitchen
which bus goes to the museum
can i grow lemons indoors
how do i knit a scarf
what did aristotle teach
is there life on mars
set a timer for ten minutes
how do i improve my handwriting
what's the exchange student programme like in japan
where do penguins live
`;
