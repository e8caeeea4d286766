package privacy

import "strings"

// How sure an English cue is.
const (
	sure  = iota + 1 // "my name is": a name in any case
	form             // "recipient:": a name in any case, behind a colon or a verb
	title            // "Mr.": a name, and the title is a part of it
	weak             // "this is": it must look like a name
	sign             // "Regards,": at the end of a message
)

type enCue struct {
	words string
	how   int
}

// enCues are keyed by their first word, in lower case.
var enCues = func() map[string][]enCue {
	m := map[string][]enCue{}
	for how, phrases := range map[int]string{
		sure: `my name is|my names|my name's|my full name is|my name:|name's|my first name is|my last name is|my surname is|i am called|i'm called|the name is|his name is|her name is|under the name of|under the name|in the name of|name is|son's name is|wife's name is|husband's name is|
			last name is|surname is|surname|name on the card is|name on the account is|known as|names are|goes by the name of|named after me|changed to the name|his name's|her name's|name on the order is|name on it is|name on the booking is`,
		form: `name|full name|customer name|first name|last name|family name|given name|name on passport|name on the passport|name on ticket|name on the ticket|name on id|name on licence|name on license|name on invoice|recipient|recipient name|addressee|attn|attention|contact|contact person|contact name|passenger|passenger name|guest|guest name|cardholder|cardholder name|cust|client|caller|pt|
			account holder|card holder|customer|buyer|receiver|sender|consignee|shipper|beneficiary|signed|patient|applicant|policyholder|name on card|name on account|name on order|ship to|bill to|deliver to|c/o|care of|addressed to|from|billed to|payee|booked by|ordered by|purchased by|owner|tenant|
			` + formLabels,
		title: `mr and mrs|mr. and mrs|mr & mrs|mr. & mrs|mr|mrs|ms|miss|mx|dr|prof|professor|mister|sir|madam|aunt|auntie|uncle|grandma|granny|grandpa|nana`,
		weak:  `for|under|my name|the name|on name|under name|in name|reservation under|booking under|booked under|listed under|table under|reserved under|registered under|account under|order under|reservation is for|its|i go by|i am|i'm|im|this is|it's|it is|it should read|should be spelled|call me|ask for|my friend|my wife|my husband|my son|my daughter|my brother|my sister|my colleague|my mother|my father|my boss|my assistant|my partner|speaking with|spoke with|spoke to|speak to|speak with|talked to|talking to|on behalf of|here is|booked for|booking for|reservation for|order for|package for|parcel for|deliver it to|hi this is|dear|hi|hello|hey|attn.|thanks to|helped by|agent|a certain|gift for|leave it with|hand it to|give it to|name was|good morning|good afternoon|good evening|was called|is called|guy called|man called|woman called|lady called|somebody called|someone called|served by|handled by|assisted by|pass this on to|pass it on to|pass this to|pass it to|forward this to|forward it to|assigned to|escalated to|signed by|signed for by|received by|accepted by|collected by|sent by|paid by|picked up by|to the attention of|` + weakCues,
		sign:  `regards|kind regards|best regards|best|cheers|sincerely|yours sincerely|thanks|thank you|many thanks|yours truly|yours|warmly|love|respectfully|yours faithfully|faithfully|best wishes|signed|warm regards|thx|with love from|love from|lots of love from|with love|xoxo|take care|all the best|cheers from|ta|thanks in advance|many thanks in advance|thank you in advance|thanks so much|thank you so much|thanks a lot|sent from my iphone|sent from my ipad|sent from my phone|sent from my android|sent from my mobile`,
	} {
		for p := range strings.SplitSeq(phrases, "|") {
			p = strings.Join(strings.Fields(p), " ")
			first, _, _ := strings.Cut(p, " ")
			m[first] = append(m[first], enCue{p, how})
		}
	}
	return m
}()

// formLabels are further labels of forms, of people who have a part in a booking,
// a delivery or a contract.
const formLabels = `pickup person|pick-up person|person collecting|person picking up|person picking it up|collector|lead guest|main guest|lead passenger|lead traveller|lead traveler|traveller|traveler|second driver|additional driver|
	main driver|emergency contact|next of kin|authorised user|authorized user|authorised person|authorized person|joint account holder|second cardholder|additional cardholder|payer|sender name|receiver name|buyer name|
	legal name|name of guest|name of passenger|name of patient|name of cardholder|name of account holder|name of recipient|second passenger|other passenger|second guest|other guest|insured person|policy holder|
	maiden name|preferred name|married name|shipping name|billing name|delivery name|middle name|passengers|guests|travellers|travelers|travelling with me|traveling with me|attendees|participants|adults|children|kids`

// weakCues are further words that a name may follow.
const weakCues = `registered as|booked as|appears as|appear as|saved as|passport says|passport reads|id says|licence says|license says|ticket says|account is under|order is under|booking is under|reservation is under|it is under|it's under|its under|it was under|order was under|
	everything is under|policy is under|contract is under|subscription is under|held by|opened by|placed by|dealing with|dealt with|met with|chatted with|chatting with|connected to|emailed by|treated by|seen by|referred by|invited by|made out to|left with|handed to|given to|released to|belongs to|collecting for|
	should be|should say|add|remove|authorise|authorize|nominate|engrave|engraved with|embroidered with|personalised with|personalized with|monogrammed with|payable to|to|
	one for|another for|the other for|for me|for myself|happy birthday|happy anniversary|congratulations|congrats|get well soon|happy 18th|happy 21st|happy 30th|happy 40th|happy 50th|happy 60th|happy 70th|happy 80th|happy 90th|
	shared with|share it with|plan with|travelling with|traveling with|staying with|live with|living with|going with|meeting with|appointment with|call with|flying with|seated with|
	slip reads|slip says|label reads|label says|signature reads|signature says|who is|who's|guy named|man named|woman named|lady named|person named|colleague named|agent named|down as|put it under|put me under|list me as`
