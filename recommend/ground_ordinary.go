package recommend

import "strings"

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
english chinese rmb cny usd eur gbp yuan nfc-free fyi faq vs pm asap id tl dr ps btw imo etc eg ie q a v x
advantage affordability affordable agent appeal area aspect attention attractive background bargain beat benefit bonus breakdown bright broken budget-friendly
businesses cable calm capacity center centre charge charger charging charm closer compact confirm connection contact contrast costlier cozy damaged dirt display dust edge elegant
facilities facility factor fall family flagship focus follow following former generous gentle genuine gives glance gold great-value guidance happily hardware helping
highlight holding hundred impress improvement initial instant kindly lack lacks lands lean likes link located location longer lower-priced luck lucky luxury manner
maximum midday minimum modest nicely noted notes numbers occasions offering ordinary overview perk perks perfectly performance picking piece pleasant popularity position
positive power priority proceed properly provide provides purpose quality quickly rank ranked ranking rate recap reliable remain replace reputation requirement requirements
respect response roughly satisfied satisfying saving savings section serve service services setting shortlist shows situation smart spot strength strengths strong stunning style
support supports surely switch switching system takeaway taste tasty terrific thousand tops totals trade-off traveler tried truly turn unit usual waiting walk
warm warmly watch weakness whichever wide willing wondering worthwhile
`)

func ordinaryWords(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		out[w] = true
	}
	return out
}

// ordinaryZh begin what may stand behind 拥有 and the like without a fact.
var ordinaryZh = []string{"不错", "很好", "良好", "出色", "优秀", "更高", "更低", "较高", "较好", "最高", "最低", "更好", "一定", "很高", "两个", "两种", "多种", "以下", "以上", "这些", "这个", "您的", "我们", "相同", "同样", "相应", "丰富", "更多", "所有", "全部", "亮眼", "高达", "您", "吗", "的", "和", "与"}
