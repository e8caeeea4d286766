package recommend

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// ordinary are English words that name nothing and claim nothing that can be
// checked: those of manners, of shops and of judgements. Words with a capital
// that are neither among them nor in the request are taken for names.
var ordinary = ordinaryWords(`
a non about above absolutely accessories accessory according actually additional address afraid afternoon again all alright also alternative
alternatively always am amazing among an and another answer any anyone anything anyway apologies apologize are around as ask asked assist
assistance at available average awesome balance balanced barely based basic be because been before being below best better between beyond big
bigger bit both bot brand brands budget but buy by bye call can cannot careful case cases catalog catalogue category cause cheap
cheaper cheapest check cheers choice choices choose chosen city class clean clear clearly client close closest colleague color colors colour
colours come comes comfortable compare compared comparison complete consider considering convenient cost costs could couldn't couple course cover covers
currency currently customer customers daily day days dear decent decide decision definitely delighted depend depending depends detail details device devices did didn't
difference different dollars do does doesn't don't done down during each easy easily either else end enjoy enough entry especially euro euros even
evening ever every everyday everything exact exactly example excellent exceptional expensive experience explore extra fact facts fair fan fantastic far fast favorite
favourite feature features feel few find fine first fit fits five for forward found four free friendly from full fun function further
general generally get gets getting give given glad go goes going good goodbye got great greetings guess guest had hand handy happy hardly
has have haven't he hear heart heavier heaviest heavy hello help helpful helps here here's hesitate hey hi high higher highest highlights highly hit
hold holds home hope hotel hotels how however human i i'd i'll i'm i've ideal idea if impressive in inch included includes including indeed info
inn information instead interested interesting into is isn't issue it it'd it'll it's item items its jacket jackets just keep keeping key kind kinds know
laptop laptops large larger largest last later latter least left less let let's light lighter lightest like liked likely limit line list little local long
look looking looks lot love loved lovely low lower lowest made main make makes many mark match matched matches matching may maybe me mean means
meet meets mention mentioned message midrange might mind mine model models moment money more moreover morning most much my name namely named near nearby nearly need
needs neither never nevertheless new newer newest next nice night no none nope nor not note nothing notice now number numbers occasion of off offer
offers often oh ok okay old older on once one ones only onto open option options or order other others otherwise our out outstanding over overall
own owner page pair particular pay people perfect perhaps person personal phone phones pick picks place places please pleased pleasure plenty plus point points
popular possible possibly pounds practical prefer preference preferred premium pretty price priced prices pricing probably problem product products pros purchase put question
questions quick quite range rated rather rating ratings read ready real really reason reasonable reasonably recommend recommendation recommendations recommended regarding regards
released remember reply request respectively rest restaurant restaurants result results review reviews right room runner same save say score scores search second see seeking seems
select selection sense set several shall she shop short should show side similar simple simply since size slightly small smaller so solid some someone
something somewhat soon sorry spec specific specs specifically spend stand standard standout stands star stars start starting starts stay stays step steps still store
storage stylish such suggest suggestion suggestions suit suitable suits summary super superb sure sweet table take takes talk tell terms than thank thanks that
that's the their them then there there's therefore these they they're thing things think third this those though thought three through time times tip title to today
together told too top total touch toward tradeoff travel tremendous true try two type types under understand understood unfortunately unless until up upper us use
used user uses using usually value variety verdict versatile version versions versus very via view want wanted wants was wasn't way we we'd we'll we're
we've wear weigh weighs weight welcome well went were what what's when where whether which while who why will winner wise wish wishes with within
without wonderful won't word work works world worry worth would wouldn't wow yeah year years yep yes yet you you'd you'll you're you've your yours yuan
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
english chinese rmb cny usd eur gbp yuan fyi faq vs pm asap id tl dr ps btw imo etc eg ie q a v x
advantage affordability affordable agent appeal area aspect attention attractive background bargain beat benefit bonus breakdown bright broken budget-friendly
businesses cable calm capacity center centre charge charger charging charm closer compact confirm connection contact contrast costlier cozy damaged dirt display dust edge elegant
facilities facility factor fall family flagship focus follow following former generous gentle genuine gives glance gold great-value guidance happily hardware helping
highlight holding hundred impress improvement initial instant kindly lack lacks lands lean likes link located location longer lower-priced luck lucky luxury manner
maximum midday minimum modest nicely noted notes numbers occasions offering ordinary overview perk perks perfectly performance picking piece pleasant popularity position
positive power priority proceed properly provide provides purpose quality quickly rank ranked ranking rate recap reliable remain replace reputation requirement requirements
respect response roughly satisfied satisfying saving savings section serve service services setting shortlist shows situation smart spot strength strengths strong stunning style
support supports surely switch switching system takeaway taste tasty terrific thousand tops totals trade-off traveler tried truly turn unit usual waiting walk
king queen ruler bestie crowd-pleaser warm warmly watch weakness whichever wide willing wondering worthwhile
ability accept access account achieve across act active activity add adult advice affect ago agree ahead aim alert alive allow alone along amount
angle announce anybody anyway anywhere apart appear apply appreciate approach appropriate approve arrange arrive art aside aspire assume assurance assure attempt attract
audience authority avoid aware away back bad bang bank bar bare bear beautiful beauty become begin beginner behind believe belong bend beside besides bet
bill birthday bite black blank blend block blow board body bold book boost border bound box brain brave bravo break breeze brief bring brilliant broad buck bucks buddy
build bullet bump burden business busy buyer call calm candidate capable capture car care carry cash catch caution celebrate chance change character chart chat child children
circle circumstance claim class classic climb close club code cold collect collection combine combo comfort comment commit commitment common commute commuter compete competitor complain complaint
complex compromise concern conclude condition confidence confident confuse congratulations conscious consequence consist consumer contain contender content continue contrary control conversation convince cool copy core corner
couch count counterpart country courage crazy create credit creek crisp criteria criterion critical crowd crown cruise crystal culture cup cure curious current cut damage dare data date daughter dead deal
debate decade declare deep default defend degree deliver delight demand demonstrate deny deserve design desire desk despite determine develop dial dictate diet differ dig digit dinner direct direction discover
discuss discussion disappoint distance distinct doable dollar door dot double doubt drag draw dream dress drink drive driver drop dry due dull duo duty eager ear early earn earth ease east eat
economic economy education effect effective efficient effort elevate else emerge emotion empty enable encounter encourage energy engage enter entire entrance environment equal equip equivalent error essential establish estimate
event evidence excel excitement exciting excuse exist expect expectation expense expert explain explanation express extend extent extreme eye face fail failure faith fallback familiar fancy fashion fashionable fault favor favour fear
fee feedback feeling fellow few field fight figure fill final finalist finally finance finger finish fire fix flat flavor flavour flexible flight floor flow fly folk folks food foot force
foremost forget form formal format formula forth fortunate fortune forward foundation fraction frame free frequent fresh friend front frugal fuel fulfill fuller funny fuss future gain gap gather gem gesture
giant gift girl global goal grab grade gradual grand grant graph grasp grateful green ground group grow growth guarantee guard guide habit hair half hall handle hang happen hard harder hate head
headline health height hero hesitant hidden hint hint hire history holiday honest honestly honor honour hot hour house household huge hundreds hunt hurry hurt image imagine immediate impact
imply import importance important impossible impression inclination incline income increase incredible independent indicate individual indoor indoors influence inform initial inner input inquire inquiry inside insight insist inspire
intend intent interest introduce invest investment invite involve island issue item job join joint journey joy judge jump justice justify kick kid kids kill kit knowledge lady land lane language largely laugh launch law
lay layer lead leader leading learn leave leg legend lend length lesson letter lie life lifestyle lift line link lip list listen living load loan lock logic lone loose lose loss lots loud
low-cost lower-cost luxurious mad magic mail mainly maintain major male man manage manner map march margin market massive master mate material math mature meal mean meanwhile measure medium
member memory men mental menu merit method mid middle mild milestone million miss mission mistake mix mobile mode moderate modern moreover morning mostly mother motion mountain mouth move movie
narrow nation native natural nature neat negative neighbor neighborhood neighbourhood nerve net network neutral news nicer niche nominal normal north nose notable noteworthy notion object objective obtain obvious
occasion occupy occur odd offset okay ongoing opinion opponent opportunity oppose opposite optimal ordinary organize origin original outcome outdoor outdoors outing outlet output outside outward owe oz pace pack
package page pain paint paper parent park part partner party pass passion past path patience patient pattern pause peace peak peek percent perform period permanent permit personality perspective phase photo phrase physical
picture pinch pity plan planet plate platform play player playful please pleasure plug plus pocket-friendly pointer policy polite poor pop portable portion pose possess possibility post potential pour practice praise
precise predict prefer prepare presence present press pressure prevent previous pride primary prime principle print prior private prize process produce profession professional profile profit program progress
project prominent promise promising proof proper protect protection proud prove public pull punch pure pursue push puzzle quarter queries query quest quiet quit quote race rain raise random rare
rational reach react reader reality realize rear recall receive recent reckon recognize record recover red reduce refer reference reflect refuse regard region register regret regular reject relate relation
relative relax release relevant relief rely remain remark remarkable remind remove repair repeat replacement report represent require rescue research reserve resident resolve resort resource responsible restrict retail
retain retire retreat return reveal revenue reward rich rid ride rise risk rival road rock role roof room root rough round route routine royal rule run runner-up rush sacrifice sad safe safety sake
salary sale sample sand satisfaction scale scan scene schedule school science scope screen seal search season seat secret secure sell seller send senior sensible separate sequence serious settle shade shake
shall shape share sharp sheet shelf shelves shift shine shock shoot shop shopper shopping shot shoulder shout shrink shut sick sight sign signal silence simplicity single sir sit site sizable skill sky sleek sleep slide
slight slow smile smooth snag snap snug social society soft sole solution solve somebody somewhere son sort sound source south space spare sparing speak special spectrum speech speed spirit split spoil sport
spread spring squeeze stable staff stage stake stance star stare state statement station status steal steep stellar stick stock stop store story straight straightforward strange stranger strategy stream street stress stretch
strict strike string stroll struggle student studio study stuff subject substance succeed success suffer sufficient suffice suggest summer sum sun superior supply surface surprise surround survey swap sweet swift swim symbol
sympathy tackle tag tail talent tall tally tap target task teach team tear technical technique technology temporary tempt tend term test text thankful theme theory thick thin thorough thrifty thrill throw thumb thumbs tick ticket
tidy tie tier tight tiny tired tool topic topmost torn total tough tour tourist toward town track trade tradition trail train transfer transform transition transport treat trend trial trick trip trouble true-value trust truth
tune turn twice twin typical ugly ultimate unable uncle undergo understanding undoubtedly uniform union unique universal unusual update upgrade upon upper-end urban urge urgent useful utility utmost vacation valid valuable value-for-money
vary vast vehicle venture verify veteran victory viable village virtual visible vision visit visitor vital voice volume vote wage wait wake wall wallet wallets wander war warn wash waste wave weak wealth weather weekday weekend week weekly
weird west wet whatever wheel whenever whereas wherever whole whom whose widely wife wild win wind window winter wishlist witness woman women wonder wood workday workhorse workout worried worse worst
worthy wrap write wrong yard yellow yesterday young youth zero zone ample appetite appealing ballpark bedtime budgeting champ champion cheaper-end comfy contenders crunch cushion discreet easygoing effortless entry-level everyday
finest flawless frills hassle heads-up high-end hiccup inconvenience low-end mid-range middle-ground mileage must must-have newbie newcomer nutshell pals par peace perspective pleaser pricetag purse purse-friendly respectable scorer sec shortlist shoutout
sidekick snapshot spending splurge starter steal sweetspot takeaways thrilled tradeoffs treat troubleshoot troubleshooting trouble-free unbeatable upside downside vibe wins workable yup cheerful recap rundown notch top-notch first-rate standing rank ranking winner
`)

// formed are endings of English words that name no thing one can have.
var formed = []string{"ingly", "ely", "ally", "bly", "fully", "tion", "tions", "sion", "ment", "ments", "ness", "ful", "able", "ible", "ous", "ive", "less", "iest", "ier", "ality", "ility", "ance", "ence", "wise", "ward", "wards", "ship", "hood", "friendly", "focused", "oriented", "conscious"}

// isOrdinary reports whether a folded word is an ordinary one, a form of one, or
// has an ending of those that say how something is.
func isOrdinary(w string) bool {
	w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
	for _, end := range []string{"'ll", "'re", "'ve", "'d", "'m", "n't"} {
		w = strings.TrimSuffix(w, end)
	}
	if ordinary[w] || ordinary[strings.TrimSuffix(w, "s")] {
		return true
	}
	if len(w) > 5 && slices.ContainsFunc(formed, func(end string) bool { return strings.HasSuffix(w, end) }) {
		return true
	}
	return slices.ContainsFunc(text.Inflections(w), func(f string) bool { return ordinary[f] })
}

func ordinaryWords(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		out[w] = true
	}
	return out
}

// ordinaryZh begin what may stand behind 拥有 and the like without a fact.
var ordinaryZh = []string{"不错", "很好", "良好", "出色", "优秀", "更高", "更低", "较高", "较好", "最高", "最低", "更好", "一定", "很高", "两个", "两种", "多种", "以下", "以上", "这些", "这个", "您的", "我们", "相同", "同样", "相应", "丰富", "更多", "所有", "全部", "亮眼", "超", "极", "非常", "十分", "相当", "较", "比较", "很", "高", "一流", "强", "稳定", "实用", "性价比", "优势", "竞争", "口碑", "不俗", "一个", "一定", "相对", "如此", "这样", "这一", "该", "良好", "绝佳", "极佳", "最", "它", "各自", "自己", "任何", "高达", "您", "吗", "的", "和", "与"}
