"""English words near enough in meaning that two glosses with them could both be called right.

Wider than a thesaurus on purpose: a wrong option that is turned away costs nothing, one that is right does.
"""

from __future__ import annotations

from functools import cache

from studytui.study.language.stem import stem

_GROUPS = """
increase raise grow growth expand enlarge improve promote develop advance progress boost rise upgrade
improve enhance strengthen add broaden increase boost upgrade
decrease reduce lower decline drop shrink lessen diminish weaken cut fall
begin start commence initiate launch open establish found set
end finish complete conclude stop cease terminate close accomplish
build construct create establish make manufacture produce form found constitute compose
big large huge great enormous vast grand immense massive extensive
small little tiny minor slight petty
good fine well excellent nice splendid outstanding superior wonderful
bad evil poor wicked terrible awful foul inferior faulty
spouse wife husband lover mate partner
kind sort type aspect side variety
hurry rush hasten dash scurry
quarrel argue argument row dispute bicker
repair fix mend restore renovate
fast quick rapid swift speedy prompt soon immediately
slow gradual gradually slowly
often frequently usually constantly always regularly continually continuously
sometimes occasionally
now present current contemporary today modern nowadays
old ancient past former previous before formerly
new fresh novel recent latest
important significant major crucial vital essential key critical principal main chief core central primary
basic fundamental base foundation basis root ground
firm firmly resolute resolutely determined steadfast unswerving persistent
persevere persist insist stick adhere uphold persistent
strong powerful mighty powerful robust strength power force might energy
weak feeble frail
rich wealthy abundant plentiful ample prosperous prosperity flourish thrive
poor poverty needy destitute
difficult hard trouble hardship tough problem difficulty
easy simple convenient convenience facilitate
happy glad joy joyful delighted pleased cheerful pleasure merry
sad sorrow grief unhappy sorrowful mournful
angry anger furious rage indignant
afraid fear scared terrified frightened dread
worry anxious concern uneasy apprehensive
think consider believe ponder reflect contemplate regard deem reckon
know understand comprehend realize grasp recognize aware learn
say speak talk tell state mention express explain describe narrate discuss converse chat
ask inquire question request demand require
answer reply respond response
see look watch observe view inspect gaze glance examine
hear listen
find discover detect seek search look
give provide supply offer grant bestow present furnish
get receive obtain gain acquire attain achieve win earn
take seize grab hold grasp carry
use employ utilize apply application usage
help assist aid support assistance back
protect defend safeguard guard maintain preserve safety secure security
attack assault strike hit beat
fight struggle combat battle war conflict strife
work labor job task employment occupation profession career undertaking cause enterprise
study learn school education teach instruct train cultivate
method way means manner approach path route road channel measure
plan scheme project program design proposal strategy policy
goal aim target purpose objective ideal intention aspiration ambition
idea thought concept notion opinion view viewpoint thinking
result outcome effect consequence achievement fruit
reason cause grounds because
condition situation circumstance state environment status
people person human folk public masses populace citizen
country nation state homeland motherland land
government political politics administration regime authority govern rule manage administer control
law legal statute rule regulation
leader head chief boss leading guide lead direct
group team party troop organization organisation collective band unit
company firm corporation enterprise business
money wealth fund capital currency finance cash
trade business commerce commercial deal transaction
buy purchase
sell sale
produce production output product
science scientific technology technique technical skill
network internet net web online
news information message report intelligence
book volume
write compose author
place location site spot position
area region zone district territory
city town urban municipal
house home dwelling residence live dwell reside inhabit
family household relative kin
child children kid son daughter young youth youngster juvenile
elderly aged grandfather grandmother senior elder
father dad papa parents parent
mother mama mommy mom parents parent
man male
woman female
friend companion comrade mate
enemy foe opponent rival
road street path avenue way
car vehicle automobile
go leave depart proceed walk travel
come arrive reach
return back restore recover
move shift transfer transport
change alter transform vary modify reform convert revise transformation
same identical equal alike similar equivalent
different distinct differ various diverse
whole entire complete full all total comprehensive overall
part portion section segment component
many numerous several lots various
clear obvious evident apparent distinct plain clearly
secret hidden conceal hide private
true real genuine authentic actual truth fact
false fake wrong incorrect mistaken error mistake fault
right correct proper accurate exact precise
open public overt
strict severe rigorous harsh stern
careful cautious prudent meticulous serious earnest conscientious
brave courageous bold valiant fearless courage
clever intelligent smart wise wisdom bright ingenious talent gifted talented
stupid foolish silly dumb
beautiful pretty lovely attractive elegant handsome
clean pure neat tidy
dirty filthy foul polluted pollution
hot warm heat
cold cool chilly
love like fond affection adore cherish
hate loathe detest dislike
want wish desire hope long expect
agree consent approve approval permit allow accept
refuse reject decline deny
oppose resist against counter
connect link join unite combine union merge integrate integration
separate divide split part apart
gather collect assemble assembly meeting conference convene
share distribute allot allocate
choose select pick elect
compete competition contest rivalry match
win victory triumph succeed success successful
lose defeat fail failure
hit knock beat
die death dead perish
live life alive living exist existence survive
health healthy
illness disease sick ill
doctor physician
pain ache hurt suffer
food eat meal dish
drink beverage
sleep rest
play game fun amuse entertainment
time period era age epoch
day daytime
night evening
year annual
first initial
last final finally ultimate
front ahead forward
behind rear back
inside within inner internal
outside outer external
very extremely quite highly
only merely just solely
together jointly mutual mutually each
influence affect effect impact
deep profound
high tall lofty
ability capability capacity capable able
chance opportunity
danger dangerous risk peril hazard
responsibility duty obligation mission task
promise pledge vow guarantee assure
encourage inspire stimulate motivate urge
spirit mind soul heart mental
feeling emotion sense sentiment
custom habit tradition practice convention
culture cultural civilization
history historical
experience undergo
prepare arrange ready arrangement
continue keep maintain sustain last
fix repair mend solve settle resolve
destroy ruin wreck damage harm spoil
prevent avoid guard avert
throw cast toss
pull drag draw
push shove
break smash shatter
cover wrap
show display exhibit demonstrate reveal manifest present
hold grip grasp
send dispatch deliver
follow pursue chase
relate relation relationship concerning
special particular unique peculiar especially
ordinary common usual normal general average
suddenly abruptly unexpectedly
perhaps maybe possibly possible probably likely
certainly definitely surely sure
side aspect direction around everywhere facet
work labor toil effort
hurry haste rush hasten
noisy noise uproar clamor
quiet silent silence still calm peaceful
poor poverty needy
rich wealthy wealth affluent
careful cautious prudent caution
careless negligent negligence
diligent hardworking industrious assiduous
lazy idle
brief short concise
detailed detail thorough
crowd throng mass
worry anxious anxiety concern
satisfied content satisfaction contented
"""


@cache
def _concepts() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _GROUPS.strip().splitlines():
        name = f"~{group.split()[0]}"
        for word in group.split():
            found.setdefault(stem(word), set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def concepts(stems: frozenset[str]) -> frozenset[str]:
    """The stems and the groups they are in, named by the group's first word (`~increase`)."""
    known = _concepts()
    return stems.union(*(known[word] for word in stems if word in known))
