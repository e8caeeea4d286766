package serve

import (
	"context"
	"errors"

	"github.com/slotgraph/slotgraph/dst/session"
)

// Words says to a customer, in "en" or "zh", that there is no answer, why, and
// what to do, for an error of [Service.Reply]. It tells nothing of the inside: what
// is not the customer's own doing is one sentence. "" for no error.
func Words(err error, lang string) string {
	if err == nil {
		return ""
	}
	kind := kindOf(err)
	if lang == "zh" {
		return kind.zh
	}
	return kind.en
}

// sentences are a text in both languages.
type sentences struct{ en, zh string }

var (
	tooLong   = sentences{"Your message is too long for me. Could you put it more briefly?", "您的消息太长了，请说得简短一些。"}
	tooFast   = sentences{"That is a lot of messages at once. Please wait a moment, then send this one again.", "您发得太快了，请稍等片刻再发一次。"}
	busy      = sentences{"I am still answering your earlier messages. Please wait for them.", "我还在回复您之前的消息，请稍等。"}
	crowded   = sentences{"There is a lot going on here right now. Please try again in a moment.", "现在咨询的人较多，请稍后再试。"}
	elsewhere = sentences{"I cannot open this conversation. Please start a new one.", "无法打开这个会话，请新开一个会话。"}
	collided  = sentences{"Something came in between. Please send your message again.", "刚才有点冲突，请把消息再发一次。"}
	answered  = sentences{"I have answered this message already.", "这条消息我已经回复过了。"}
	tooSlow   = sentences{"That took too long. Please send your message again.", "处理超时了，请把消息再发一次。"}
	broken    = sentences{"Sorry, I cannot answer at the moment. Please try again in a few minutes.", "抱歉，暂时无法回复，请过几分钟再试。"}
)

func kindOf(err error) sentences {
	var limit *session.LimitError
	switch {
	case errors.As(err, &limit):
		return limited(limit)
	case errors.Is(err, session.ErrUser), errors.Is(err, session.ErrName):
		return elsewhere
	case errors.Is(err, session.ErrConflict):
		return collided
	case errors.Is(err, session.ErrGone):
		return answered
	case errors.Is(err, context.DeadlineExceeded):
		return tooSlow
	}
	return broken
}

func limited(l *session.LimitError) sentences {
	switch {
	case l.What == "message", l.What == "state":
		return tooLong
	case l.Scope == "tenant":
		return crowded
	case l.What == "rate":
		return tooFast
	}
	return busy
}
