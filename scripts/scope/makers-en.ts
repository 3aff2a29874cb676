const list = (text: string): readonly string[] =>
  text
    .split(/\s*[|\n]\s*/)
    .map((each) => each.trim())
    .filter((each) => each !== '');

/**
 * Things people build beside their work, what goes wrong with them in plain words, and what they wish for: the subject is
 * any noun, so that what is left to learn is the thing built and how software misbehaves.
 */
export const MAKER_SLOTS_EN: Readonly<Record<string, readonly string[]>> = {
  Pj: list(`
    {S} app | {S} tracker | {S} site | {S} page | {S} bot | {S} script | {S} tool | {S} game | {S} simulator | {S} widget | {S} controller | {S} logger
    {S} dashboard | {S} generator | {S} viewer | {S} organiser | {S} counter | {S} map | {S} quiz | {S} plugin | {S} mod | {S} program | {S} project
    {S} thing I coded | {S} thing i'm building | little {S} program | {S} sensor project | {S} display | {D} app | {D} site | {D} page | {D} tool
    {D} bot | {D} screen | {D} script | {D} form | {D} widget | {D} list | {D} thing | {D} demo | {D} prototype | {D} side project | {S} catalogue
    {S} calculator | {S} finder | {S} archive viewer | {S} timer | {S} board | {S} scoreboard | {S} signup | {S} player | {S} feeder | {S} clock
    {S} alarm thing | {S} camera script | {S} importer | {S} homepage | {S} library page | {S} shop page | {S} gallery | {S} visualiser | {S} server
    web page about {S} | page for {N} | website for {N} | app for {N} | game for {N} | tool for {N}
  `),
  Odd: list(`
    skips every third one | shows yesterday's value until you reload | counts the first one twice | is empty after a refresh | forgets everything when the tab closes
    goes negative | is an hour off | is a day off in other countries | says NaN | says undefined | says null instead of a name | shows a white screen | just spins
    freezes with more than a hundred of them | gets slower the longer it runs | picks the same one every time although it should be random | ignores what I picked
    saves the old text | saves only the last one | loses the accents | turns umlauts into question marks | puts everything in one column | prints the date the american way
    jumps back to the top | jumps to the wrong one | scrolls by itself | covers the button on a phone | looks fine here but broken on {N}'s phone | does nothing when you tap it
    reacts twice to one click | reacts a second too late | stops after a while | stops at night | does not start any more | won't start since the update | closes by itself
    crashes on the second one | crashes when the list is empty | crashes only on the old tablet | eats the battery | fills the disk | reads the same number all the time
    reads 1023 whatever I do | loses the connection and never comes back | gets a 403 from the site now | finds nothing if there is a capital letter | finds too much
    sorts 10 before 2 | sorts wrong | rounds in the wrong place | adds the bonus twice | never reaches the end | can be cheated by reloading | lets you win with zero points
    sends it to everybody | sends it twice | sends nothing | arrives at three in the morning | shows the wrong picture | stretches the pictures | cuts the long names off
    draws over the edge | draws nothing on safari | flickers | shakes near walls | falls through the floor | is much too fast on a new computer | is stuck on loading
    mixes up the two players | starts with the wrong level | does not remember the score | repeats the same question | accepts an empty answer | forgets who is logged in
    throws me out after a minute | works on my laptop but not on the server | works the first time only | worked until I added {S} | worked until i renamed a folder
    gives a different result each run | prints garbage | prints twice | has holes in the chart | shows the points in the sea | shows all of them on one spot
    does not line up | is mirrored | shows the keyboard over the field | cannot be used without a mouse | does not fit on the small display | blinks when it should be off
  `),
  Wish: list(`
    remember the last choice | save what was typed | work offline | load faster | export to a file | import the old list | read a csv | write a csv | undo the last step
    show a chart per month | show the total at the bottom | group them by week | filter by colour | search while typing | sort by distance | page through fifty at a time
    send a push message | send a mail when it changes | only react when it changes by more than ten | run every morning | run on a pi | start by itself after a reboot
    log to a file | buffer when the wifi is gone | retry when the site is down | stop after five tries | have a dark theme | have larger buttons on a phone | have a second language
    use one colour per person | ask before deleting | drag them around | zoom | print on one page | make a pdf | keep line breaks | open the camera | scan a barcode
    accept fractions | convert units | handle leap years | know about time zones | forbid duplicates | lock a slot | let two people edit | have a login | have an admin page
    keep a history | restore a backup | play a sound at the end | pause and resume | support a gamepad | save the game | have levels | respawn at the last point
    collide properly | follow the mouse | move smoothly | be less stupid as an opponent | look three moves ahead | shuffle fairly | deal the cards | keep the score
    draw a line between the points | pull the data from their api | scrape the list once a day | cache the pictures | shrink the pictures | use the phone's location
    use sqlite instead of a text file | be split into modules | have tests | compile without warnings | run in the browser | be installable | be one single file
  `),
  Ask: list(`
    where do I look | what did I do wrong | how do I fix it | please fix | any idea | why | why is that | fix it | can you find it | help | what is the usual way | how would you do it
    where should that go | is there a library | start me off | show me how | write it for me | write that part | make it so | can it be done | is that hard | what is the cleanest way
    just the code please | explain too please | smallest change please | without a framework | keep it simple | in one file | here is the code | code below | repo is open | see main file
  `),
  // What people ask about the same things when nothing is to be built.
  Chore: list(`
    recommend one | which is the best | where do I buy it | how much is it | is it worth the money | who sells it near {C} | write a short text about it | write a nice message to {N} about it
    give me ideas | what goes with it | is it healthy | is it dangerous | what does it mean | who invented it | what is the history of it | how do I clean it | how do I store it
    how long does it keep | should I worry | what would you do | what do I say to {N} | remind me {W} | put it in my calendar | book it | order it | cancel it | compare prices
    tell me a story about it | write a poem about it | make a joke about it | translate it | summarise it | sell it for me | plan it for {W} | make a plan for four weeks | teach me the basics
  `),
};

export const MAKER_CODING_EN: readonly string[] = list(`
  my {Pj} {Odd} | the {Pj} {Odd} | my {Pj} {Odd}, {Ask} | the {Pj} {Odd}, {Ask} | our {Pj} {Odd} | hi, my {Pj} {Odd}. {Ask}? | {Pj}: {Odd} | {Pj} {Odd}
  the {Pj} I made for {N} {Odd} | i made a {Pj} and it {Odd} | I wrote a {Pj} and it {Odd}, {Ask} | we have a {Pj} for {S}, it {Odd} | {N} uses my {Pj} and it {Odd}
  so the {Pj}, it {Odd} | it {Odd}, the {Pj} I mean | why is it that my {Pj} {Odd} | since last week the {Pj} {Odd} | on {N}'s phone the {Pj} {Odd}
  with {S} it works, with {S} the {Pj} {Odd} | whenever there is more than one {S} the {Pj} {Odd} | if you press back the {Pj} {Odd} | after midnight my {Pj} {Odd}
  my {Pj} should {Wish} | can my {Pj} {Wish} | make the {Pj} {Wish} | I want the {Pj} to {Wish} | could you make the {Pj} {Wish}? | please let the {Pj} {Wish}
  for my {Pj}: {Wish} | the {Pj} needs to {Wish}, {Ask} | I'd like my {Pj} to {Wish}, {Ask} | how do I get a {Pj} to {Wish} | teach my {Pj} to {Wish} | {Pj} that can {Wish}, {Ask}
  next for the {Pj}: {Wish} and {Wish} | now it should also {Wish} | my {Pj} can {Wish} but now it {Odd} | users of the {Pj} ask if it could {Wish}
  I want to build a {Pj}, never made one before, {Ask} | first {Pj} ever, which language would you take | build me a {Pj} in {L} | make a {Pj} with {L}, it should {Wish}
  write a {Pj} in {L} | a {Pj} in plain html and js, it should {Wish} | turn this into a {Pj} | port my {Pj} to {L} | convert the {Pj} to {L} | move the {Pj} off {L}
  how would you structure the data of a {Pj} | how do I store {S} so that I can {Wish} later | what table design fits a {Pj} | class diagram for a {Pj} | tables for {S}, {S} and who has which
  how do I put my {Pj} online | cheapest way to host a {Pj} | my {Pj} is in one 900 line file, split it | comment my {Pj} so that {N} understands it | is the code of my {Pj} any good
  I keep everything of the {Pj} in one big object, is that bad | two sensors for {S}, one shows nonsense, {Ask} | the relay for the {S} opens twice, is that bounce
  fade the {S} lamp slowly instead of switching, it hangs on a mosfet pin | arduino loop below reads the {S} sensor, it {Odd} | esp32 for the {S} wakes up too often | pi zero, camera, {S}: save a clip only when something moves
  home assistant: when the {S} is on for ten minutes do the rest, yaml please | the automation for the {S} triggers twice | node red flow for the {S} stops at night
  fake data please: two hundred {S} with names and dates as json | generate a csv with plausible {S} for a demo | seed the {D} tables with {S} | make test data about {S}
  parse lines like "3 x {S}, 2 {S}" into amount and name | regex for the {S} codes in my list | split the {S} file by year | rename all my {S} scans by date with a script
  merge two lists of {S}, tell me who is missing, python | a script that downloads all {S} of that page | scrape {S} from three sites into one table | spreadsheet script that colours the {S} rows when late
  plot {S} over time from this csv | the two {S} series do not line up, one has a value per second | smooth the {S} curve, numpy | the classifier mixes up {S} and {S}, more data or other features
  simulate {S} with a few lines of {L} | print the chance of {S} by simulation | my simulation of {S} takes hours, make it faster | the {S} ai in my game is too dumb, minimax depth three
  godot: {S} {Odd} | unity: the {S} {Odd} | roblox: when a player touches the {S} they should {Wish} | my minecraft mod adds {S} and {Odd} | renpy: after chapter two the {S} {Odd}
  scratch: the {S} {Odd}, which block | pygame, the {S} {Odd} | the enemy {S} {Odd} in my game | save game of the {S} game is corrupt after level two
  {N} says: "{P}" Can you change the {Pj} accordingly? | feedback on the {Pj}: "{P}" Please find the bug. | a user of the {Pj} wrote "{P}", reproduce that | requirement from {N}: {P} -> how many endpoints would that be, write them
  the text "{P}" comes out on one line in my {Pj}, keep the breaks | the mail my {Pj} sends starts with Dear undefined: "{P}" | use this as sample text on the page: {P}
  {N} sends "{P}" and my bot answers nonsense | the prompt of my {D} assistant lets it answer "{P}", it must refuse, adjust the system prompt and add a test
  notes from the meeting about the {Pj}: it should {Wish}, {N} wants it to {Wish}, nobody cares about {S}. Do what you can today. | wishes for the {Pj}: {Wish}; {Wish}; {Wish}
  before: {Odd}. after your change: {Odd}. better but no. | i think it {Odd} because I compare text with numbers | maybe it {Odd} because of the time zone?
`);

export const MAKER_OFF_EN: readonly string[] = list(`
  my {S} is broken, {Chore} | my {S} smells, {Chore} | I have a {S}, {Chore} | {S}: {Chore} | {S} or {S}, {Chore} | {S} for {N}, {Chore} | something with {S}, {Chore} | about {S}: {Chore}
  {N} has a {S}, {Chore} | I found a {S}, {Chore} | we need {S} for {W}, {Chore} | I like {S} and {S}, {Chore} | a {S} for {N}, {Chore} | {N} wants {S}, {Chore} | {N} forgot the {S}, {Chore}
  I keep {S} at home and one of them is ill, {Chore} | there is {S} in my {S}, {Chore} | so the {S}, {Chore} | our {S} makes a noise at night, {Chore} | since last week my {S} hurts, {Chore}
  which {Pj} do people like most | recommend a {Pj} for my phone | is there a free {Pj} for iphone | best {Pj} of this year | is the {Pj} from google any good | cancel my {Pj} subscription
  write a product description for a {Pj} | write the store text of my {Pj} | a name for my {Pj} | slogan for our {Pj} | tweet that our {Pj} is out | launch post for the {Pj}, two paragraphs
  press text about the {Pj} | pitch my {Pj} to an investor in a minute | price for a {Pj}, what would people pay | who would buy a {Pj} | business plan for a {Pj} | competitors of my {Pj}
  answer a bad review of our {Pj} | reply to {N} who hates our {Pj} | invite {N} to try the {Pj} | a mail to {N} that the {Pj} is late | thank {N} for testing the {Pj}
  newsletter about the new {Pj}, customers read it | talk about my {Pj} at a meetup, outline please | my {Pj} failed and I feel like a loser, cheer me up | should I quit my job for my {Pj}
  story in which a {Pj} falls in love with a {S} | poem about a {Pj} | play a {Pj} and I am your user | invent a funny {Pj} nobody needs | the kids used the {Pj} too long today, what do I tell them
  what did people do before there was a {Pj} | how do I turn off sounds in the {Pj} on my phone | the {Pj} on my phone costs money now, alternatives | is my data safe in the {Pj} from that company
  how do I get rid of {S} in the {S} | how do I grow {S} | can I eat {S} with {S} | what eats {S} | how long do I cook {S} | how do I repair a {S} by hand | how do I knit a {S} | draw me a {S} step by step in words
  how do I train for {S} | which {S} fits a small room | {S} ideas for {N}, under 50 | make a list of {S} for the weekend | pack list for {S} | menu with {S} and {S} | rules of {S} in short
  describe a {S} for my campaign, three rooms | write the fridge note about {S}, friendly | bedtime story with {S} and {S} | speech for {N}, mention {S} | card for {N}, {S} theme | ad for my old {S}, honest
  is it normal that {N} {Mood} | {N} {Mood}, what do I say | my {S} and {N} do not get along | {N} and I argued about {S}, who is right | should I tell {N} about {S} | I dreamt of {S}, what does it mean
  this is what {N} wrote: "{P}" What do I answer? | read this and tell me what they want: {P} | is this a scam? {P} | make this friendlier: {P} | shorter please: {P} | translate into {Tongue}: {P} | summarise: {P} | proofread: {P}
  summarise this article for me: {Q} | make a social media post out of this: {Q} | explain this news to my grandmother: {Q} | read me the headline: {Q} | a catchy title for this talk: {Q} | turn this into a quiz for a party: {Q}
  remind me to {Do} {W} | tell {N} that I {Do} {W} | put "{Do}" on my list | move {S} to {W} and tell {N} | can you {Do} for me {W} | {Do} before {W} please
`);

const CHORES_MOOD = list(`
  does not answer any more | cries at night | will not sleep alone | never cleans up | is jealous | eats too little | is always late | does not like {S} | wants to move out | lost the job | plays too much
  has a fever | is afraid of the dark | snores | is angry with me | forgot my birthday | drinks too much | wants a {S}
`);

export const MAKER_MORE_SLOTS_EN: Readonly<Record<string, readonly string[]>> = {
  Mood: CHORES_MOOD,
  Tongue: list(
    `German | French | Spanish | Polish | Danish | Turkish | Japanese | Chinese | Italian | Dutch | Welsh | Russian | formal English | plain English`,
  ),
  Do: list(`
    call the bank | pay the rent | buy {S} | water the plants | bring {S} back | pick up {N} | order {S} | cancel the gym | check in for the flight | renew the passport | text {N} | take the pills
    send {N} the photos | book a table | write to {N} | ask {N} about {S} | go to the dentist | wash the car | send the parcel | look up the train | find a hotel | invite {N} for {S}
  `),
};
