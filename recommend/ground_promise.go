package recommend

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A promise is something that a business commits itself to. Each is said with
// any of its words, and holds where the facts of the thing, or a step, have one
// of them.
type promise struct {
	words string // separated by bars; a word ending in * may go on
	asked bool   // may be asked about: "Would you like to know about delivery?"
}

var promises = []promise{
	{"free shipping|free delivery|shipping|ship|ships|shipped|delivery|deliver|delivers|delivered|arrives|arrive|dispatch*|same-day|next-day|overnight|包邮|免邮|免运费|运费|送货|送达|发货|到货|次日达|当日达|配送|快递|上门|picked up|pick it up|pick them up|pickup|pick-up|click and collect|自提|到店取|will send you|we'll send|send you a|send you one|寄给|给您寄|为您寄|寄送|寄一|邮寄|补发|补寄|trade in|trade-in|we'll fix|we will fix|we'll repair|we will repair|bring it in|drop it off|以旧换新|上门取|免费维修", true},
	{"discount*|% off|percent off|coupon*|promo|promo code|promotion*|voucher*|special price|special offer|special deal|on sale|sale price|flash sale|clearance|cashback|half price|half-price|reduced|price match|lowest price guarantee*|打折|折扣|优惠|促销|特价|满减|立减|降价|减价|返现|折优惠|秒杀|红包|优惠券", false},
	{"in stock|out of stock|sold out|stock|restock*|back-order*|back order|only a few left|available now|left in stock|last one|ready to ship|available tonight|available today|available tomorrow|availability|vacanc*|rooms available|rooms are available|有房|空房|满房|余房|有货|现货|缺货|库存|无货|断货|售罄|补货|现在就有", true},
	{"warranty|warranties|guarantee*|保修|质保|保质|三包|联保", true},
	{"refund*|return them|return it|returns|return policy|free returns|money back|money-back|exchange it|exchange them|退款|退货|退换|无理由|包退|包换|为您更换|给您更换|帮您更换|免费更换", true},
	{"free|for nothing|costs nothing|cost nothing|no charge|at no cost|free of charge|gift|gifts|bonus|complimentary|on the house|throw in|thrown in|giveaway|免费|不要钱|赠送|赠品|白送|送您|附赠|买一送|不花钱|零元", false},
	{"i have booked|i've booked|i booked|i have reserved|i've reserved|i reserved|have been reserved|has been reserved|has been booked|order has been placed|i have ordered|i've ordered|i placed|is confirmed|i'll book|i will book|i'll reserve|已为您预订|已预订|已下单|已为您下单|已订|帮您订好|已预约|已为您预约|已为您保留|已经为您预订|已帮您", false},
	{"installment*|instalment*|financing|interest-free|分期|免息|花呗", false},
	{"best-sell*|best sell*|bestsell*|most popular|top-sell*|number one|no. 1|award*|editor's choice|销量|热销|热卖|最受欢迎|爆款|畅销|网红|获奖", false},
	{"breakfast|parking included|included in the price|early check-in|late checkout|free cancellation|早餐|含早|免费取消|停车", true},
	{"we will call you|we'll call you|i'll call you|i will call you|email you|i'll email|contact you|text you|call you back|会联系您|给您回电|回电|稍后联系|短信通知|发到您", false},
	{"today only|limited time|limited offer|ends soon|while supplies last|last chance|offer ends|coming soon|will add|will be added|update will|即将|仅限今天|限时|限量|最后一天|数量有限", false},
	{"lifetime|forever|终身|永久", false},
	{"official|authentic|genuine|certified|正品|官方|授权|认证", true},
}

// checkPromises looks for commitments that nobody made.
func (l *line) checkPromises() {
	for _, p := range promises {
		for w := range strings.SplitSeq(p.words, "|") {
			at := l.phraseAt(w)
			if at == nil || l.excused(w, at) || p.asked && at[0] >= l.asks || l.dunno(at[0]) || l.backed(p, at) {
				continue
			}
			l.fail(ClaimPromise, at[0], at[1], nil, "no fact or step promises it")
			break
		}
	}
}

// excused reports whether a word of a promise stands in a phrase that is none.
func (l *line) excused(w string, at []int) bool {
	before, after := l.fold(0, at[0]), l.fold(at[1], len(l.raw))
	switch w {
	case "free":
		return strings.HasSuffix(before, "feel ") || strings.HasPrefix(after, " to ") || strings.HasSuffix(before, "toll-") || strings.HasSuffix(before, "-")
	case "return it", "return them", "returns":
		return strings.HasSuffix(before, "in ")
	case "deliver", "delivers", "delivered", "delivery":
		return containsAny(after+" ", []string{" value ", " performance", " quality", " experience", " results", " rating", " score", " bang "}) && len(after) < 60
	case "gift", "gifts":
		return containsAny(before[max(0, len(before)-24):], []string{"as a ", "great ", "nice ", "lovely ", "perfect ", "good ", "a "}) && !containsAny(before, []string{"get ", "with a ", "includes"})
	case "bonus":
		return strings.HasSuffix(before, "as a ") || strings.HasSuffix(before, "added ") || strings.HasPrefix(after, " point") || strings.HasPrefix(after, ":")
	case "on sale":
		return strings.HasPrefix(after, " since") || strings.HasPrefix(after, " from")
	case "优惠":
		return strings.HasSuffix(before, "更") || strings.HasSuffix(before, "最") || strings.HasSuffix(before, "较") || strings.HasSuffix(before, "价格")
	case "stock":
		return strings.HasSuffix(before, "we ")
	case "picked up", "pick it up", "pick them up":
		return !containsAny(after, []string{"store", "shop", "today", "tomorrow", "now", "branch", "counter"})
	case "arrive", "arrives":
		return strings.HasPrefix(after, " at a") // a decision
	}
	return false
}

// maxTerm is how many bytes a value may have that makes a promise true: a
// description says much, and may be meant to have it said again.
const maxTerm = 60

// backed reports whether a fact of what the promise is made for, or a step,
// speaks of it.
func (l *line) backed(p promise, at []int) bool {
	owners := l.ownersAt(at[0], at[1])
	if owners == nil {
		owners = l.k.g.things
	}
	for w := range strings.SplitSeq(p.words, "|") {
		w = strings.TrimSuffix(w, "*")
		if strings.Contains(l.k.g.steps, w) && (len(w) > 4 || w[0] >= 0x80) {
			return true
		}
		for _, t := range owners {
			i := slices.IndexFunc(t.facts, func(f *known) bool { return len(f.folded) <= maxTerm && strings.Contains(f.label+" "+f.folded, w) })
			if i >= 0 {
				l.use(t.facts[i])
				return true
			}
		}
	}
	return false
}

// phraseAt is where words stand in the line, between word boundaries, nil
// where they do not; a star stands for any ending.
func (l *line) phraseAt(w string) []int {
	w, open := strings.CutSuffix(w, "*")
	folded := l.low
	for from := 0; from < len(folded); {
		i := strings.Index(folded[from:], w)
		if i < 0 {
			return nil
		}
		i += from
		end := i + len(w)
		latin := w[len(w)-1] < 0x80
		if latin && (i > 0 && letterAt(folded, i-1) && letterAt(folded, i) || !open && end < len(folded) && letterAt(folded, end)) {
			from = end
			continue
		}
		return []int{i, end}
	}
	return nil
}

func letterAt(s string, i int) bool { return s[i] < 0x80 && unicode.IsLetter(rune(s[i])) }

// lowered is a text with the capitals A to Z in lower case, byte for byte.
func lowered(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// Marks of prompts, of programs and of pages: no answer to a customer has them.
var marks = regexp.MustCompile("(?i)```|<\\|?[a-z/!][^>]{0,200}>|!\\[[^\\]]*\\]\\(|\\[/?inst\\]|^\\W*(system|assistant|user|human|ai|bot|系统|助手|用户)\\s*[:：]|\"role\"\\s*:|<<sys>>|^#{1,6}\\s*(system|instruction|prompt)")

var confessions = []string{"system prompt", "my prompt", "my instructions", "the instructions above", "my guidelines", "previous instructions", "prior instructions", "ignore the rules", "ignore all", "ignore your", "ignore previous", "ignore the above", "disregard", "as an ai", "as a language model", "large language model", "ai language model", "i was told to", "i am instructed", "i was instructed", "the facts provided", "provided facts", "according to the prompt", "json object", "jailbreak", "developer mode", "系统提示", "提示词", "我的指令", "上述指令", "以上指令", "之前的指令", "所有指令", "忽略", "作为一个ai", "作为ai", "人工智能语言模型", "语言模型", "我被要求", "我被指示", "开发者模式", "越狱", "角色扮演"}

// refuses says why a text with this sentence cannot stand at all.
func (k *checker) refuses(s string) string {
	if m := marks.FindString(s); m != "" {
		return "it has the mark " + strconv.Quote(strings.TrimSpace(m)) + " of a prompt, a program or a page"
	}
	folded := text.Fold(s)
	for _, w := range confessions {
		if strings.Contains(folded, w) {
			return "it speaks of instructions: " + strconv.Quote(w)
		}
	}
	if k.foreign(s) {
		return "it is not in the language of the answer"
	}
	return ""
}

// foreign reports whether a sentence is in another language than the answer,
// apart from names and what the request has so.
func (k *checker) foreign(s string) bool {
	other := 0
	toks := text.Tokens(s)
	words := 0
	for _, t := range toks {
		switch t.Kind {
		case text.Word:
			words++
			if k.r.Lang == "zh" && !hasCapital(s[t.Start:t.End]) && !k.g.hasWord(t.Text) && len(text.LookupUnits(t.Text)) == 0 && !strings.Contains(s, "@") && !strings.Contains(s, "://") && !strings.Contains(s, "www.") {
				other++
			}
		case text.Han:
			words++
			if k.r.Lang == "en" && !strings.Contains(k.g.allText, t.Text) {
				other++
			}
		}
	}
	return other >= 2 && other*3 >= words
}

func (l *line) checkLanguage() {
	if l.k.r.Lang != "en" {
		return
	}
	for _, t := range l.toks {
		if t.Kind == text.Han && !strings.Contains(l.k.g.allText, t.Text) {
			l.fail(ClaimWords, t.Start, t.End, nil, "it is not in the language of the answer")
			return
		}
	}
}
