package dst

import (
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A cue is what a word says about the values beside it, or about the message.
type cue uint8

// Cues about a value, which stand before it, after it, or both.
const (
	cueNone    cue = iota
	cueNot         // not X, X 除外
	cueCannot      // can't: refuses the bound behind it
	cueNotHere     // a negation that must touch its value: 不免费
	cueLt          // less than X
	cueLe          // at most X, X 以下
	cueGt          // more than X
	cueGe          // at least X, X 以上
	cueAround      // about X, X 左右
	cueOdd         // X多: from X to the next round number
	cueFrom        // from X, 从 X
	cueTo          // to X, 到 X
	cueIn          // in X, 在 X
	cueNear        // near X, X 附近
	cueStart       // starting X
	cueEnd         // until X
	cueOr          // X or Y
	cueAnd         // X and Y
	cueAlso        // also X
	cueFill        // words between a cue and its value that change nothing
	cueOne         // an indefinite thing follows: a, 一家

	// Cues about a clause.
	cueQuestion // what, 多少
	cueHave     // is there, 有没有: a search or a question
	cueWhich    // which one, 哪家: a search among things
	cueAmong    // of these, 这些里面: a search among what was just listed
	cueSeek     // find, 推荐
	cueWish     // would like, 想: a search unless it turns out to be a question
	cueAnother  // another, 换一家
	cueCorrect  // actually, 不对
	cueSame     // what about that one, 第二个呢: the same question of another thing
	cueDontCare // any will do, 随便
	cueAny      // any: no preference where it stands alone or before the slot's word
	cueDrop     // forget about, 去掉
	cueThis     // this, it, 这家: the thing in focus
	cueFirst    // the first one, 第一个; cueFirst+n is the (n+1)th
	cueSecond
	cueThird
	cueFourth
	cueFifth
	cueLast

	cueLead // words before an answer in free text: my name is, 送到
	cueTail // words after one: please, 就行

	// Cues that are a message of their own.
	cueAffirm
	cueDeny
	cueRepeat
	cueRestart
	cueHuman
	cueReach // speak to someone, 转人工: a person is wanted, whatever else is said
	cueCancel
	cueGiveUp // cancel, where there is something to give up, and manners otherwise: never mind, 算了
	cueUndo
	cueGreet
	cueThank
	cueBye
)

// side says where a cue stands to its value.
type side uint8

const (
	before side = 1 << iota
	after
	clauseWide
)

// cueTable is all that the tracker knows of the two languages besides the
// values themselves. Longer phrases win over shorter ones at the same place,
// so "no more than" is no "no".
var cueTable = []struct {
	cue     cue
	side    side
	phrases string
}{
	{cueNot, before, "not|no|without|don't have|doesn't have|do not have|does not have|except|except for|other than|don't want|do not want|don't like|anything but|isn't|not a|not an|nothing from|avoid|hate|everything but|all but|but not|but no|not too|not very|not so|allergic to|any day but|any but|nothing|nothing with|don't need|do not need|doesn't need|no need for|instead of|rather than"},
	{cueNot, before, "不要|不想要|不是|别|除了|不考虑|不喜欢|非|排除|不买|不用|不需要|讨厌|没有|不加|别加|不放|不太|别太|不要太|而不是|不想吃|不想喝|不想去|不想住|不想|不吃|不去|不到|不从|不坐|不住|不带|不含|别给我|不想买"},
	{cueNot, after, "除外|以外|之外|就算了|过敏|不要|不要了|就不要|就不要了|的就不要|的就不要了|的不要了|不用了|就不用了|就不用|不需要|isn't needed|is not needed|not needed|is not necessary|isn't necessary|is not for me|不考虑|的不要|的不考虑|不行"},
	{cueCannot, clauseWide, "can't|cannot|can not|must not|mustn't|should not|shouldn't|may not|need not|don't want to|do not want to|won't|will not|wouldn't|don't|never|不能|不会|不想|不愿"},
	{cueNotHere, before, "不|非|无|non|no"},
	{cueLt, before, "less than|lower than|smaller than|cheaper than|lighter than|fewer than|shorter than|低于|少于|小于|不到|不足"},
	{cueLe, before, "under|below|at most|up to|no more than|not more than|not over|within|max|maximum|maximum of|a maximum of|budget|budget of|get for|buy for|for under|no higher than|at the most|<=|<|≤|不超过|不高于|不多于|不大于|小于等于|小于或等于|最多|至多|最高|预算|控制在|别超过|不要超过|不能超过"},
	{cueLe, after, "or less|or under|or below|or lower|or fewer|or cheaper|max|maximum|tops|at most|以下|以内|之内|内|及以下|或以下|封顶|以里"},
	{cueLe, after, "能买|可以买|能买到"},
	{cueOdd, after, "多|多点|多一点|几百|odd|something"},
	{cueGt, before, "more than|greater than|bigger than|larger than|higher than|over|above|>|超过|高于|大于|多于"},
	{cueGe, before, "at least|no less than|not less than|not below|not under|no lower than|not lower than|minimum|a minimum of|min|starting from|upwards of|>=|≥|至少|不低于|不少于|不小于|大于等于|大于或等于|最少|最低|起码|不能低于|不要低于|不能少于|不要少于"},
	{cueGe, after, "or more|or above|or higher|or better|or up|and up|and above|plus|+|at least|minimum|以上|及以上|或以上|起|往上|开外|起步"},
	{cueAround, before, "about|around|roughly|approximately|approx|circa|~|大约|大概|差不多|约|近"},
	{cueAround, after, "or so|左右|上下|前后|的样子|出头"},
	{cueFrom, before, "from|leaving from|departing from|out of|从|由|自|不从"},
	{cueFrom, after, "出发|上车|离开"},
	{cueTo, before, "to|into|going to|heading to|bound for|到|去|前往|至|往|回|飞|飞往|飞到|不去|不到"},
	{cueNear, after, "周边|附近|旁边|周围|边上|近旁|不远|一带|这边|那边|邻近"},
	{cueNear, before, "near|nearby|close to|next to|beside|not far from|around|in the area of|靠近|离|临近|挨着"},
	{cueIn, before, "in|in the|located in|somewhere in|anywhere in|inside|在|位于|住在|坐落在"},
	{cueStart, before, "starting|starting at|beginning|after|since|开始于"},
	{cueStart, after, "开始|以后|之后|起"},
	{cueEnd, before, "until|till|before|ending|by|截止"},
	{cueEnd, after, "结束|以前|之前|为止"},
	{cueOr, before, "or|either|或|或者|还是|要么"},
	{cueAnd, before, "and|&|和|与|及|以及|跟|、|,|还有|并且|并|又|而且"},
	{cueAlso, before, "also|as well as|plus|and also|additionally|也|还要|另外|再加上|加上|同时"},
	{cueFill, before, "the|on|such|really|of|is|are|be|be in|in|at|for|my|its|it|with|have|has|had|a|an|any|by|for a|should|must|that|which|it's|was|like|prefer|want|need|ones|one|them"},
	{cueFill, before, "在|是|为|的|得|要|想要|能|有|带|买|可以|个|地方|价位|档次|:|用|一个|那种|这种|酒吧|网吧|贴吧|也|都|就|款|牌子|牌|用来|做|"},
	{cueOne, before, "a|an|some|any|one|一家|一个|个|家|一款|一台|一部|一间|一处|款|台|部|间|几家|几个|几款|些|一些|哪家|哪些|哪个|哪里|什么|什么样的|处|座"},
	{cueQuestion, clauseWide, "does it|does this|does that|do they|does the|is it|is this|is that|are they|is the|can it|will it|can i|what|what's|whats|which|how much|how many|how long|how far|how big|how heavy|where|when|who|do you know|tell me|could you tell|can you tell|let me know|give me|send me|i'd like to know|?"},
	{cueQuestion, clauseWide, "多少|什么|啥|哪|哪里|哪儿|哪些|哪家|几|几个|几点|多久|多大|多长|多重|多远|怎么样|怎样|如何|吗|么|嘛|呢|是否|能否|请问|告诉|告知|知道|发给我|发我|发一下|说一下|说说|查一下|查下|查查|查询|看看|看一下|看下|介绍|提供一下|提供给我|给我提供|给我说|问一下|问问|了解|记一下|?"},
	{cueWhich, clauseWide, "which|which one|which ones|哪家|哪个|哪些|哪款|哪一家|哪一个|哪几家|哪几个|哪台"},
	{cueAmong, clauseWide, "of these|of those|among these|among those|among them|of them|这些|那些|这几个|这几家|那几个|那几家|以上|上述|当中|其中|里面|里边|之中"},
	{cueHave, clauseWide, "is there|are there|do you have|does it have|do they have|has it got|有没有|有无|有吗|有么|有哪些|有什么|有啥|都有|还有"},
	{cueSeek, clauseWide, "find|find me|look for|looking for|recommend|suggest|search|search for|show me|book|buy|reserve|get me|want to buy"},
	{cueSeek, clauseWide, "找|推荐|预订|预定|订|搜|要买|购买|想买|介绍个|介绍一|来一|选一"},
	{cueWish, clauseWide, "i need|i want|i'd like|need|want|after|would like|could use"},
	{cueWish, clauseWide, "想去|想吃|想住|想要|想|需要|打算|准备|安排|逛|玩|要去|要"},
	{cueAnother, clauseWide, "another|another one|others|other|something else|anything else|different|different one|next one|what else|换|换一个|换一家|换家|换个|再换|别的|其他|其它|另外|另|再找|再推荐|还有别的|还有其他|下一个|再来一个|再|还想|还要"},
	{cueSame, clauseWide, "what about|how about|and the|and this|and that|呢|那么"},
	{cueCorrect, clauseWide, "actually|instead|sorry|let me correct that|let me change that|can we change that|i made a mistake|on second thought|i changed my mind|changed my mind|i'd rather|i would rather|i mean|i meant|rather|no wait|wait|correction|make it|make that|change it to|change to|not that|不对|更正|我改主意了|改主意了|改一下|重新说|改成|换成|改为|改到|应该是|其实|还是|我是说|我说的是|说错了|错了|算了"},
	{cueDontCare, clauseWide, "don't care|doesn't matter|does not matter|don't mind|no preference|not important|any is fine|any will do|any of them|anything is fine|anything works|anything will do|either is fine|either one|up to you|it's all the same|don't have a preference|not picky|no particular|nothing particular|nothing in particular|not particular|anywhere|anywhere is fine|any part of town|anything goes|you choose|you decide|you pick|your choice|i'm flexible|am flexible|i'm open|open to anything|surprise me|all the same to me|i'm easy|no special preference|no strong preference|don't really care|don't really mind"},
	{cueAny, clauseWide, "any|anything|whatever|either"},
	{cueDontCare, clauseWide, "随便|都行|都可以|无所谓|不限|没要求|没有要求|不挑|任意|都好|不在乎|不重要|没关系|你定|没什么要求|不讲究|哪个都行|不限制|没有限制|什么都行|随意|看着办|没有特别要求|没特别要求|不介意|没偏好|没有偏好|哪里都行|哪儿都行|都成|怎么都行"},
	{cueDrop, before | clauseWide, "forget|forget about|forget the|drop|drop the|remove|remove the|never mind|ignore|clear|reset|without the|重置|清空|去掉|取消|不限制|不要求|删掉|删除|忽略|不考虑|清除|别管|不用管|不用考虑"},
	{cueLead, clauseWide, "my name is|my name's|the name is|the name's|i am|i'm|it's|it is|this is|that's|that is|call me|called|named|at|in|to|on|for|please|yes|sure|ok|okay|well|um|er|uh|just|make it|send it to|deliver to|deliver it to|ship to|the address is|my address is|address|let's say|i'd say|i like|i'd like|i would like|i want|i want to|i want to try|i'd like to try|try|try out|let's try|how about|under|under the name|it's under|maybe|i prefer|look in|look around"},
	{cueLead, clauseWide, "我叫|我是|我姓|叫|名叫|名字是|名字叫|是|在|送到|寄到|发到|送去|地址是|我的地址是|我家在|就|就是|嗯|好的|那个|那就|写|填|请送到|麻烦送到|称呼我|叫我|我想要|我要|我喜欢|想要|要|来|试试|试一下"},
	{cueTail, clauseWide, "please|thanks|thank you|就行|就可以|就好|吧|谢谢|哈|呀|啊|哦"},
	{cueThis, clauseWide, "it|its|this|that|this one|that one|the one|there|their|the hotel|the restaurant|这|那|它|这家|那家|这个|那个|该|此|他家|它家|这里|那里|这儿|那儿|这款|那款|这台|那台|这部|那部|他们|其|前者|后者"},
	{cueFirst, clauseWide, "the first|first one|the first one|first option|the 1st|1st one|the 1st one|number one|number 1|option 1|option one|no 1|第一个|第一家|第一款|第一台|第一部|第一种|第一间|第一条|第1个|第1家|第1款|第1台|第1部|第1种|第1间|第1条"},
	{cueSecond, clauseWide, "the second|second one|the second one|second option|the 2nd|2nd one|the 2nd one|number two|number 2|option 2|option two|no 2|第二个|第二家|第二款|第二台|第二部|第二种|第二间|第二条|第2个|第2家|第2款|第2台|第2部|第2种|第2间|第2条"},
	{cueThird, clauseWide, "the third|third one|the third one|third option|the 3rd|3rd one|the 3rd one|number three|number 3|option 3|option three|no 3|第三个|第三家|第三款|第三台|第三部|第三种|第三间|第三条|第3个|第3家|第3款|第3台|第3部|第3种|第3间|第3条"},
	{cueFourth, clauseWide, "the fourth|fourth one|the fourth one|fourth option|the 4th|4th one|the 4th one|number four|number 4|option 4|option four|no 4|第四个|第四家|第四款|第四台|第四部|第四种|第四间|第四条|第4个|第4家|第4款|第4台|第4部|第4种|第4间|第4条"},
	{cueFifth, clauseWide, "the fifth|fifth one|the fifth one|fifth option|the 5th|5th one|the 5th one|number five|number 5|option 5|option five|no 5|第五个|第五家|第五款|第五台|第五部|第五种|第五间|第五条|第5个|第5家|第5款|第5台|第5部|第5种|第5间|第5条"},
	{cueLast, clauseWide, "last one|the last one|最后一个|最后一家|最后那个|最后一款"},
	{cueAffirm, clauseWide, "yes|yeah|yep|yup|sure|ok|okay|correct|right|that's right|exactly|of course|definitely|sounds good|sounds great|perfect|great|fine|good|i agree|absolutely|that works|works for me|please do|yes please|sounds right|sounds fine|sounds perfect|sounds wonderful|sounds like a plan|looks good|looks right|looks great|that's fine|that is fine|that will do|that'll do|that will work|that'll work|that will be fine|will be fine|that's great|that is great|that's good|that is good|that's perfect|that is perfect|that's correct|that is correct|that is right|go ahead|go for it|please proceed|proceed|wonderful|excellent|awesome|alright|all right|sweet|cool|indeed|certainly|i like it|i like that|i love it|go ahead|do it|let's do it|confirm|confirmed|i confirm|好|好的|是|是的|对|对的|可以|行|嗯|嗯嗯|没问题|没错|当然|好啊|好呀|行啊|成|就这样|就它|就它了|ok的|要的|同意|不错|确认|确定|确认无误|下单吧|订吧|就这么定了"},
	{cueDeny, clauseWide, "no|nope|nah|no thanks|no thank you|not really|i don't think so|that's wrong|wrong|not that one|don't like it|don't|不|不是|不是的|不要|不用|不行|不可以|不对|不好|不了|没有|算了|不需要|不想要|不喜欢"},
	{cueRepeat, clauseWide, "repeat|say that again|say it again|say again|pardon|pardon me|come again|what did you say|what was that|one more time|once more|i didn't catch that|didn't catch that|didn't hear you|再说一遍|再说一次|再讲一遍|再讲一次|说第二遍|重复|重复一遍|重复一下|没听清|没听清楚|没听懂|没听见|没看清|你说什么|您说什么|你刚才说什么|刚才说什么|刚说什么"},
	{cueRestart, clauseWide, "restart|start over|start again|start from scratch|start from the beginning|start all over|start all over again|start afresh|begin again|begin anew|new conversation|start a new conversation|reset|reset everything|reset all|forget everything|clear everything|from the top|重新开始|重来|从头开始|从头来|重新来|重新来过|重新聊|全部重来|清空|全部清空|全部清除|从头再来|开始新的对话|重启对话|重置对话|全部忘掉|都忘掉"},
	{cueHuman, clauseWide, "human|human agent|real person|real human|a person|an agent|live agent|representative|operator|customer service|customer support|someone real|人工|人工客服|人工服务|真人|真人客服|客服人员|找个人|换个人|活人"},
	{cueReach, clauseWide, "speak to someone|talk to someone|speak with someone|talk to a human|speak to a human|speak with a human|talk to a real person|speak to a real person|talk to a person|speak to a person|speak with a person|talk to an agent|speak to an agent|转人工|转人工客服|转人工服务|转接人工|接人工|怎么转人工|如何转人工|找人工|找客服|转客服|找个真人|找客服人员"},
	{cueCancel, clauseWide, "cancel|cancel everything|cancel the whole thing|call it off|call the whole thing off|call that off|scrap|scrap that|scrap it|abort|forget the whole thing|drop the whole thing|don't want it anymore|don't want this anymore|don't want to book it anymore|don't want to book anymore|don't want to order anymore|don't want to order it anymore|don't book it|don't order it|取消|取消掉|取消操作|不订了|不定了|不预订了|不预定了|不买了|不办了|不下单了|不叫了|别订了|别买了|别预订了|别下单|别下单了|别叫了|不想订了|不想买了|不用订了|不用买了|不用下单了|先不订了|先不买了|撤单"},
	{cueGiveUp, clauseWide, "never mind|nevermind|never mind that|never mind it|forget it|forget about it|drop it|leave it|let's leave it|let's not|don't bother|changed my mind|cancel the order|cancel the booking|cancel the reservation|cancel my order|cancel my booking|cancel my reservation|算了|算了吧|还是算了|那算了|算了不要了|改天再说|下次再说|以后再说|改天吧|下次吧|取消订单|取消预订|取消预定|不弄了|不搞了"},
	{cueUndo, clauseWide, "undo|undo the last step|undo my last message|go back|go back a step|go back one step|one step back|a step back|back one step|step back|back|previous step|back to the previous step|to the previous step|take that back|i take that back|i take it back|revert|revert that|roll back|roll that back|scratch that|strike that|disregard that|ignore that|ignore my last message|ignore what i just said|ignore what i said|forget what i just said|forget what i said|forget my last message|撤销|撤销一下|撤回|回退|回退一步|退回上一步|退回到上一步|退一步|返回|返回上一步|回到上一步|上一步|恢复上一步|恢复刚才的|还原刚才的|刚才说的不算|刚才的不算|刚刚的不算|刚刚说的不算|刚才那句不算|上一句不算|当我没说|我收回|收回刚才的话|收回刚才说的"},
	{cueGreet, clauseWide, "hi|hello|hey|good morning|good afternoon|good evening|greetings|what can you do|what do you do|who are you|how can you help|你能做什么|你会什么|你是谁|你能帮我什么|能帮我什么|有什么功能|你好|您好|嗨|哈喽|在吗|早上好|下午好|晚上好|早"},
	{cueThank, clauseWide, "thanks|thank you|thx|cheers|much appreciated|many thanks|谢谢|多谢|感谢|谢了|辛苦了|麻烦了|谢谢你|谢谢您|太感谢了"},
	{cueBye, clauseWide, "bye|goodbye|see you|bye bye|that's all|that is all|nothing else|i'm done|have a nice day|再见|拜拜|没有了|没事了|没别的了|没有问题了|没有其他问题|没了|就这些"},
}

// A phraseID says what a phrase of the lexicon stands for.
type phraseID struct {
	cue     cue
	side    side
	service int  // index+1 of a service whose word it is, or 0
	slot    int  // index+1 of a slot whose word it is, or 0
	asks    bool // the slot word is a question by itself: "how much", 有哪些颜色
}

// A lexicon finds phrases in tokens, longest first. It is a trie over folded
// token texts and immutable once built.
type lexicon struct {
	next []map[string]int32
	ids  [][]phraseID
}

func newLexicon() *lexicon {
	return &lexicon{next: make([]map[string]int32, 1), ids: make([][]phraseID, 1)}
}

// add enters a phrase; a phrase without tokens is ignored.
func (l *lexicon) add(phrase string, id phraseID) {
	node := int32(0)
	tokens := text.Tokens(phrase)
	if len(tokens) == 0 {
		return
	}
	for _, t := range tokens {
		to, ok := l.next[node][t.Text]
		if !ok {
			to = int32(len(l.next))
			if l.next[node] == nil {
				l.next[node] = map[string]int32{}
			}
			l.next[node][t.Text] = to
			l.next = append(l.next, nil)
			l.ids = append(l.ids, nil)
		}
		node = to
	}
	for _, old := range l.ids[node] {
		if old == id {
			return
		}
	}
	l.ids[node] = append(l.ids[node], id)
}

// addCues enters the cue table.
func (l *lexicon) addCues() {
	for _, row := range cueTable {
		for phrase := range strings.SplitSeq(row.phrases, "|") {
			l.add(phrase, phraseID{cue: row.cue, side: row.side})
		}
	}
}

// addSlot enters a word of a slot and, in English, its plural.
func (l *lexicon) addSlot(word string, slot int) {
	id := phraseID{slot: slot + 1}
	tokens := text.Tokens(word)
	for _, k := range l.find(tokens, nil) {
		id.asks = id.asks || k.cue == cueQuestion || k.cue == cueHave
		if isRoleCue(k.cue) && k.end-k.start == len(tokens) {
			return // a slot called "to" is found by its role
		}
	}
	l.add(word, id)
	if n := len(tokens); n > 0 && tokens[n-1].Kind == text.Word && !strings.HasSuffix(tokens[n-1].Text, "s") {
		l.add(word+"s", id)
	}
}

func isRoleCue(k cue) bool {
	for _, c := range roleCues {
		if c == k {
			return true
		}
	}
	return false
}

// A mark is a phrase of the lexicon found in a message. Positions are token
// indices, end exclusive.
type mark struct {
	start, end int
	phraseID
}

// find appends all phrases in tokens to marks, in the order of their start,
// longer ones first. Phrases within longer ones are reported too: which one
// counts depends on what is asked of it.
func (l *lexicon) find(tokens []text.Token, marks []mark) []mark {
	for i := range tokens {
		node, ok := int32(0), true
		first := len(marks)
		for j := i; j < len(tokens); j++ {
			if node, ok = l.next[node][tokens[j].Text]; !ok {
				break
			}
			for _, id := range l.ids[node] {
				marks = append(marks, mark{i, j + 1, id})
			}
		}
		for a, b := first, len(marks)-1; a < b; a, b = a+1, b-1 {
			marks[a], marks[b] = marks[b], marks[a]
		}
	}
	return marks
}
