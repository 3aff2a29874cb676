const list = (text: string): readonly string[] =>
  text
    .split(/\s*[|\n]\s*/)
    .map((each) => each.trim())
    .filter((each) => each !== '');

/**
 * People around a task: who asks, why and when. The same lives stand around coding and around chores, so that a family, a
 * hobby, a mood or a long story says nothing of what is asked.
 */
export const LIFE_EN: readonly string[] = list(`
  I am a nurse and do this at night | I teach at a primary school | my brother asked me | this is for {N} | it is a present for {N}
  we are a small club with forty members | I have a bakery in {C} | my cousin started it and then lost interest | I am new to all this
  I know nothing about this, be patient | it worked fine last summer | since we came back from {C} it is like this | I promised it to {N}
  it has to be ready {W} | my internship starts {W} | the deadline is {W} | I already lost a whole weekend | I am going crazy
  sorry for the long text | this may sound silly | stupid question maybe | not sure how to say it | english is not my first language
  I am 14 | I am 67 and curious | my wife laughs at me | the kids love it | my teacher said it is wrong but not why
  I did a course last year | a friend told me to ask you | I watched three videos and still do not get it | nobody in class could help me
  we meet {W} and I want to show it | there is no budget for it | it is only for fun | I only do this on sundays | my dog ate my notes
  I was ill for two weeks and missed the lesson | I inherited this from {N} | it started as a joke | long day | I just had coffee
  happy birthday to me | greetings from {C} | it rains, so I have time | first the good news: the rest works | I tried everything
  I tried turning it off and on | I changed nothing, I swear | the neighbour who knew how it works moved away | our volunteer left
  I like {S} | it is about {S} | everything around {S} really | we collect {S} | {S} and {S} mostly | my hobby is {S}
  my group has five people and I do all the work | our professor is strict | the exam is {W} | I want to impress {N} | please do not judge me
  last time you helped me a lot | you are great by the way | be honest | explain it slowly | keep it simple | short answer is fine
  I have about twenty minutes | before I go to bed | while the soup cooks | on the train right now | from my phone so no formatting
  the landlord, the dentist and this, all in one week | money is tight | I do not want to pay for it | my boss must not know
  in the end I want to give it to {N} | next year maybe more | for {S} and for {S} | one for {N} and one for me | in the beginning there were three of us
  As a manager I have to decide {W} | the customer called twice | our sales people are impatient | finance asked again | the auditors come {W}
  the ministry wants it | two hospitals depend on it | we are a charity | the museum pays for it | the board meets {W} | the designer is on holiday
`);

export const LIFE_SLOTS_EN: Readonly<Record<string, readonly string[]>> = {
  Life: LIFE_EN,
  // What people build, by the tool they build it with.
  Make: list(`
    arduino sketch | micro:bit program | python script | pygame game | unity project | unreal level blueprint | gamemaker game | love2d game | scratch project
    processing sketch | p5 sketch | wordpress theme | wordpress plugin | shopify template | jekyll site | hugo blog | html page | css grid | javascript | jquery
    react app | react native app | vue page | svelte app | flutter app | android app | kotlin app | swiftui app | ios widget | electron app | chrome extension | firefox addon
    bookmarklet | userscript | telegram bot | slack bot | twitch bot | whatsapp bot script | apps script | VBA macro | access form with vba | R script | shiny app | jupyter notebook
    matlab code | octave script | fortran program | c program | c++ homework | java class | java swing window | javafx form | c# console app | winforms tool | wpf window
    haskell exercise | prolog rules | lisp function | assembly exercise | verilog module | vhdl counter | plc ladder code | modbus reader | lora node firmware | esp32 firmware
    pico firmware | stm32 project | raspberry pi script | home assistant yaml | node-red flow | mqtt script | 3d printer firmware | openscad model script | g-code generator
    web scraper | crawler | php site | laravel app | django site | flask server | fastapi backend | rails app | express server | spring boot service | go program | rust cli
    sqlite database | mysql query | postgres function | firebase rules | supabase table | mongo query | docker compose file | dockerfile | nginx config | bash script | powershell script
    batch file | makefile | cmake file | latex macro | bibtex style | pandoc filter | markdown converter | regex | parser | compiler project | simulator | solver | neural net
    keras model | pytorch training loop | pandas notebook | chatbot code | discord bot code | text based game | platformer | tower defence game | card game program | chess engine
    quiz app | flashcard app | habit app | recipe site | booking form | guestbook in php | tournament software | club website | family tree program | budget program | photo sorter script
  `),
  // A part of it that a person points at.
  Bit: list(`
    the loop | the if | the function | the button | the click handler | the score variable | the timer | the array | the list index | the save file | the menu code | the css | the form
    the login | the upload | the map layer | the sprite | the collision | the jump code | the camera script | the inventory array | the sensor reading | the pin mode | the serial output
    the interrupt | the motor code | the query | the join | the primary key | the import | the module | the constructor | the getter | the thread | the callback | the listener
    the route | the template | the stylesheet | the breakpoint | the package | the install | the build | the deploy | the env file | the api key in the code | the json | the csv parser
    the date format | the encoding | the random function | the sort | the recursion | the base case | the while condition | the off by one | the return value | the plot | the axis labels
    the legend in ggplot | the bibliography file | the figure placement | the macro | the cell reference in vba | the commit | the branch | the merge | the remote | the ssh key
    localhost | the port | the console error | the stack trace | the exception | the warning | the compiler | the emulator | the simulator | the debugger | the test | the assertion
  `),
  // What is wrong with it, in lay words.
  Odd: list(`
    does nothing | never stops | always says the same | shows yesterday | counts double | counts backwards | comes out upside down | is far too slow | freezes my computer | closes by itself
    prints strange characters | shows question marks | is empty | is all zeros | is always true | is never true | goes through the wall | falls through the floor | jumps too high
     flickers | overlaps | is not centred | forgets everything after a restart | saves twice | loses the last one
    skips the first | crashes | crashes when I click twice | hangs after a minute | says undefined | says null | says NaN | says permission denied | says not found | gives an error I do not understand
    wants a string | is off by one | is off by an hour | ignores what I type | asks for a password each time | works for me but not for my friend | works in the editor but not on the device
    takes the wrong picture | plays twice | picks the same one every time | is not random | ends the game too early | resets the score | shows the wrong name | sends two of them | will not install
    will not compile | does not start anymore | broke after the update | broke when I renamed a folder | is out of order | rounds wrong | mixes up comma and point | cuts off the last letter
  `),
  // What one wants of software.
  Want: list(`
    fix it | find the mistake | what did I do wrong | tell me which line | add a save button | add a high score | add a second player | add a dark theme | add a login | let people upload a photo
    make it faster | make it shorter | make it run on windows too | make it work offline | clean it up | split it into files | put it on github | put it online | write the tests | comment every line
    explain every line | turn it into a class | use a dictionary instead | store it in a database | read it from a csv | export it as json | draw a class diagram | convert it to python | rewrite it in c
    port it to the new version | get it to start again | get rid of the warning | how do I debug that | what do I type in the terminal
    which library do I use | extend it to {S} | support {S} as well | make the {S} list sortable | let it remember the {S} | stop it from sending {S} twice | show {S} on a map in the page
    undo my last commit | how do I push that | what does this error mean | write the script for me | write the sketch for me | generate the html | give me the sql | give me the command
    make it respond to the keyboard | make the enemy follow the player | let the led blink slower | read the second sensor | send me a push notification from the app | schedule it on the server
  `),
  // Chores and talk, in words of the same lives.
  Chore: list(`
    what should I cook | find me a recipe with {S} | what do I wear | write a birthday card for {N} | write a speech for {N} | write a letter to {N} | write a message to {N} about {S} | what do I say to {N}
    how do I apologise to {N} | help me calm down | tell me a joke | tell me a story about {S} | let us play a game where you are {S} | pretend that you are {S} | write a poem about {S}
    write a short story about {S} | write a scene with {S} | give me ten names for {S} | think of a slogan for {S} | plan a trip to {C} | find a cheap flight to {C} | book a room in {C}
    what can we do in {C} {W} | recommend a book about {S} | recommend a film about {S} | recommend some music | which {S} should I buy | is {S} worth the money | where can I buy {S} | compare prices for {S}
    why is {S} so expensive | why do people like {S} | what is the history of {S} | explain {S} to a child | is {S} dangerous | is {S} healthy | how many calories has {S} | my back hurts, what helps
    should I see a doctor | what does this rash mean | how much should I save | should I sell {S} | how do I fill in the tax form | can my landlord do that | what are my rights | write an essay about {S}
    write 300 words about {S} | correct my essay | help me with my history homework | learn the vocabulary with me | translate it into Spanish | how do you say {S} in Italian | make it sound friendlier
    put it in my calendar {W} | remind me {W} | call {N} for me | text {N} that I am late | answer the mail from {N} | clean up my inbox | order {S} | order a pizza | reserve a table {W}
    how do I get a stain out of {S} | how do I grow {S} | how do I train my dog | my cat does not eat | what is on tonight | who won {W} | what is the weather in {C} | turn the lights off | play something by {S}
    help me decide between {S} and {S} | give me feedback on my cover letter | practise the interview with me | how do I ask for a raise | make a shopping list for {S} | make a training plan | make a seating plan
    what present for {N} | how do I make friends | does he like me | plan the party {W} | write the invitation | write the minutes | sum up the meeting for {N} | prepare the slides about {S}
  `),
  // Lines that machines write.
  Log: list(`
    E0{K} 04:1{K}:22 worker.go:71] {K} failed | WARN [{K}] retry 3/5 after 2s | error[E0382]: use of moved value: {K} | error TS2345: Argument of type {K} | npm ERR! code ELIFECYCLE
    fatal: not possible to fast-forward, aborting. | Segmentation fault (core dumped) | undefined reference to {K} | java.lang.IllegalStateException: {K} | AttributeError: NoneType has no {K}
    ValueError: could not convert {K} | ORA-00933 | ERROR 1064 (42000) near {K} | 502 Bad Gateway | panic: index out of range | kernel: Out of memory: Killed process | exit status 2
    Uncaught ReferenceError: {K} is not defined | warning: unused variable {K} | cannot find module {K} | BUILD FAILED in 12s | FAILED tests/{K} | Connection refused | x509: certificate has expired
    HardFault_Handler | brownout detector was triggered | I2C read failed | assertion failed: {K} > 0 | CUDA out of memory | SIGPIPE | EACCES {K} | ERR_MODULE_NOT_FOUND | permission denied (publickey)
  `),
  // Terms in which professionals talk of it.
  Tech: list(`
    endpoint | handler | migration | index | partition | replica | queue | consumer | topic | cron | job | pipeline | runner | cache | token | session | cookie | schema | column | view | trigger
    firmware | bootloader | driver | interrupt | register | buffer | mutex | thread | shader | mesh | hitbox | tilemap | physics step | frame time | kernel | container | pod | node pool | ingress
    bucket policy | iam role | subnet | load balancer | certificate | dns record | alert rule | dashboard query | log shipper | trace | span | feature flag | rollout | release branch | tag | submodule
    lock file | linter | formatter | type stub | fixture | mock | snapshot | coverage | fuzz target | benchmark | profile | heap | stack | allocator | regex | parser | tokenizer | serializer
    data frame | notebook | dag | dbt model | warehouse table | spark job | join key | window function | grain | feature store | embedding | checkpoint | learning rate | loss | eval set | seed
    component | modal | selector | stylesheet | bundle | source map | service worker | hook | store | form validation | layout | media query | translation key | tracking event | consent script
    macro | power query step | dax measure | apps script | soql query | abap report | cobol copybook | stored procedure | plc block | ladder rung | modbus register | simulink block | do-file | sas macro
  `),
  Act: list(`
    bump | pin | drop | rename | split | inline | revert | backport | port | document | profile | trace | bisect | mock | stub | cover | lint | format | deprecate | gate | throttle | debounce | batch | stream | shard
    reindex | backfill | dedupe | normalise | sanitise | validate | parse | encode | escape | log | mask | encrypt | rotate | renew | redeploy | roll back | scale down | drain | restart | patch | review | refactor | test | type | speed up
  `),
  Brief: list(`
    no idea why | since tuesday | only in prod | log below | trace attached | wtf | again | pls | asap | k? | how | ideas? | dont touch the rest | same as last time
  `),
  Errand: list(`
    lunch near {C} | gift for {N} under 80 | cheapest train to {C} {W} | table for two {W} | dinner with {S} in 20 min | hotel {C} 2 nights | flight {C} {W} | pto {W}, write the mail
    weather {C} | umbrella {W}? | best {S} under 200 | {S} or {S} | who won {W} | {S} stain, how to clean | headache all day, normal? | rent mail, short | cancel {S} {W}
    block {W} for {S} | move {S} to {W} | ping {N} about {S} | fwd the {S} mail to {N} | summarise the {S} mail | synonyms for {S} | song about {S} | movie like {S} | {S} recipe | {S} price today
    60 eur in yen | is {S} open sunday | plumber near me | sell {S}? | news on {S} | {S} joke | horoscope {W} | workout no gym | order {S} again | pay {N} back 40 | bday msg {N}
  `),
};

/** Frames that put lives around software. */
export const LIFE_CODING_EN: readonly string[] = [
  '{Life}. My {Make} {Odd}, {Want}',
  '{Life}, and now {Bit} in my {Make} {Odd}. {Want}',
  'My {Make} {Odd}. {Life}. {Want}',
  'my {Make} about {S} {Odd}',
  'in my {Make}, {Bit} {Odd}',
  'I have a {Make} for {S} and {Bit} {Odd}, {Life}',
  'I made a {Make} that shows {S} but {Bit} {Odd}',
  'we made a {Make} for {N}, {Life}, {Bit} {Odd}',
  '{Life}. {Life}. It is a {Make}. {Want}',
  'For my homework I need a {Make} about {S}, {Want}',
  'for {N} I am writing a {Make}. {Bit} {Odd}. {Life}',
  'I want a {Make} that counts {S}. {Life}. {Want}',
  'learning: what does {Bit} do in a {Make}? {Life}',
  'is it normal that {Bit} {Odd} in a {Make}?',
  'the {D} {Make} {Odd} {Z}. {Life}',
  '{Life} :) {Bit} {Odd} in the {Make}, maybe it is {T}?',
  '{N} says I should use {T} in my {Make}, why',
  '{Life}. {Want} in the {Make} and after that {Want}',
  'three things for the {Make}: {Want}, {Want}, {Want}',
  'when {S} touches {S} in my {Make}, the game should restart, {Want}',
  '{Life}. I read {S} from {Bit} and it {Odd}',
  '{Log}',
  '{Log}\n{Log}',
  '{Log} {Brief}',
  'got {Log} after I changed {Bit}, {Life}',
  '{Act} the {Tech}',
  '{Act} {Tech} {Brief}',
  '{Tech} {Odd}, {Brief}',
  '{Tech} {Odd} {Z}',
  '{Act} the {S} {Tech}, {Brief}',
  'the {Tech} for {S} {Odd}. {Life}. Please {Act} it',
  'Our {D} {Tech} {Odd} since {W}, could you {Act} the {Tech}?',
  'Please {Act} the {Tech} of the {D} {A}. {Life}',
  '{Life}. We load {S} through the {Tech}; {Act} it and tell me what it costs',
  'the {S} people asked for a {Tech}. {Act} the {Tech} accordingly and write down what changed in the code',
  'convert the {S} {Make} to {L}, {Life}',
];

/** The same lives around everything else. */
export const LIFE_OFF_EN: readonly string[] = [
  '{Life}. {Chore}',
  '{Life}, {Chore}',
  '{Chore}. {Life}',
  '{Chore}, {Life}',
  '{Life}. {Life}. {Chore}',
  '{Chore} and {Chore}. {Life}',
  'for {N}: {Chore}. {Life}',
  'For my homework I need 200 words about {S}. {Life}',
  'three things: {Chore}, {Chore}, {Chore}',
  'I work as {R}. {Life}. {Chore}',
  'after the {O} {W}: {Chore}',
  'I got a job because of my {Make}, how do I celebrate? {Life}',
  'I am tired of programming. {Chore}',
  'our {O} needs snacks and {S}. {Life}. {Chore}',
  'write a story in which a {R} loses {S}. {Life}',
  '{N} is a {R}. {Chore}',
  '{N} studies computer science and likes {S}, what present? {Life}',
  'write a linkedin post about our new {D} app. {Life}',
  'write the invitation for the {O}. {Life}',
  'As a manager I need talking points about {S} for {N}. {Life}',
  '{Errand}',
  '{Errand}',
  '{Errand} pls',
  '{Errand}, {Errand}',
  '{Errand} thx',
  'quick: {Errand}',
];

/** Lives alone: nothing is asked, so nothing is known. */
export const LIFE_ABSTAIN_EN: readonly string[] = ['{Life}', '{Life}. {Life}', '{Life}, {Life}. {Life}'];
