// Package intent classifies short customer messages, Chinese, English or mixed
// in one model, into the intents that its training examples name, or into
// none of them.
//
// A [Model] learns from labelled [Example] values alone: no pretrained network,
// no word segmenter, no download. It is a one-vs-rest linear classifier over
// word and character n-grams whose probabilities and reject threshold are
// fitted on messages that it was not trained on. [Exact] answers what was
// written down word for word, and [Chain] puts the one before the other:
//
//	exact, err := intent.Exact(examples)
//	model, err := intent.Train(ctx, examples, nil)
//	c := intent.Chain(exact, model)
//	ranking, err := c.Classify(ctx, "我的订单到哪了")
//
// An empty [Ranking] is an answer, not an error: the message is out of scope.
package intent
