// Package privacy finds personal data in what customers write, in English,
// Chinese and mixed text, so that logs and language models do not see it:
//
//	r := privacy.New(privacy.Options{})
//	log := slog.New(privacy.Handler(slog.NewJSONHandler(os.Stderr, nil), r))
//	g := wrap.Redact(model, r) // recommend/wrap: placeholders for the model, texts for the customer
//
// A [Recogniser] finds e-mail addresses, telephone numbers, cards and bank
// accounts, IBAN, IP addresses, resident identity numbers and unified social
// credit codes of China, Chinese licence plates, documents, postal addresses and
// names. A [Redaction] puts placeholders in their place and, in the reply, takes
// them back; [Mask] shows a part of a text to people; [Handler] is for logs.
//
// Numbers are told apart by their check digits (Luhn, ISO 7064 MOD 11-2 and MOD
// 97-10, GB 32100), by how they are grouped, and by the word next to them: an
// order number stays, whatever it looks like, and behind 身份证号 or "card number"
// a number goes even if a slip has made its check digit wrong. What is not
// personal stays: prices, dates, sizes, versions, orders, parcels, barcodes, and
// the hotlines that businesses give to everybody (400 and 800 in China, 0800,
// 1-800).
//
// Names are found behind words that say that one follows ("my name is", 我叫,
// 收件人：), behind words for people near to the customer ("my sister Ann", 我室友),
// in answers to a question for a name, in lists ("guests: Ann, Tom and Joe"), in
// signatures, and around titles ("Mr. Brown", 王先生), with the title. A name that nothing announces is not found, nor is an address
// without a street or a building. No such recogniser finds everything, least of
// all names: what must never leave the house is not to be asked for in a chat.
//
// Telephone numbers of all numbering plans are in package dst/phone, which is
// large and not needed here; it can be plugged in:
//
//	privacy.New(privacy.Options{More: []privacy.Finder{
//		privacy.Type{Kind: privacy.Phone, Type: &phone.Phone{Region: "GB"}, Least: 0.9},
//	}})
//
// All of it works without a model, in time linear in the text.
package privacy
