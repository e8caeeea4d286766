package privacy_test

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"regexp"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/privacy"
)

func ExampleRecogniser() {
	const said = "我叫王小明，电话138 1234 5678，订单号20241124001，iPhone 15 要5000元。Ship to 42 Elm Grove, Oxford OX1 2AB"
	r := privacy.New(privacy.Options{})
	for _, m := range r.Recognise(said) {
		fmt.Println(m.Kind, said[m.Start:m.End])
	}
	// Output:
	// name 王小明
	// phone 138 1234 5678
	// address 42 Elm Grove, Oxford OX1 2AB
}

func ExampleRedaction() {
	conversation := privacy.NewRedaction(privacy.New(privacy.Options{}))
	fmt.Println(conversation.Redact("My name is John Smith, call 555-0142"))
	fmt.Println(conversation.Redact("555-0142 is my phone, [PHONE_1] is not"))
	fmt.Println(conversation.Restore("Thank you, [Name_1]. We shall call 【PHONE_1】."))
	// Output:
	// My name is [NAME_1], call [PHONE_1]
	// [PHONE_1] is my phone, [TEXT_1] is not
	// Thank you, John Smith. We shall call 555-0142.
}

func ExampleStream() {
	r := privacy.NewRedaction(privacy.New(privacy.Options{}))
	r.Redact("我叫王小明")
	s := r.Stream()
	for _, piece := range []string{"好的，[NA", "ME_", "1]，", "您好"} {
		fmt.Printf("%q ", s.Next(piece))
	}
	fmt.Printf("%q\n", s.Rest())
	// Output: "好的，" "" "王小明，" "您好" ""
}

func ExampleMask() {
	fmt.Println(privacy.Mask("13812345678", privacy.Phone))
	fmt.Println(privacy.Mask("john@example.com", privacy.Email))
	fmt.Println(privacy.Mask("4111 1111 1111 1111", privacy.Card))
	fmt.Println(privacy.Mask("王小明", privacy.Name), privacy.Mask("John Smith", privacy.Name))
	fmt.Println(privacy.Mask("杭州市余杭区文一西路969号", privacy.Address))
	// Output:
	// 138****5678
	// j***@example.com
	// **** **** **** 1111
	// 王** J*** S***
	// 杭州市***
}

func ExampleHandler() {
	plain := slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})
	log := slog.New(privacy.Handler(plain, privacy.New(privacy.Options{})))
	log.Info("ann@example.com asked", "text", "我是李雷，打13812345678", "phone", 13812345678, "order", 13812345678)
	log.With("customer name", "Ann Lee").WithGroup("call").Warn("failed", "err", errors.New("no mail to ann@example.com"), "ms", 40)
	// Output:
	// level=INFO msg="[EMAIL] asked" text=我是[NAME]，打[PHONE] phone=[PHONE] order=13812345678
	// level=WARN msg=failed "customer name"=[NAME] call.err="no mail to [EMAIL]" call.ms=40
}

// Customer numbers of one's own are a pattern; slot types find what they know.
func ExampleOptions() {
	r := privacy.New(privacy.Options{
		Kinds: []privacy.Kind{privacy.Email},
		More: []privacy.Finder{
			privacy.Pattern{Kind: "customer", Regexp: regexp.MustCompile(`\bC-\d{6}\b`)},
			privacy.Type{Kind: "birthday", Type: &dst.Date{}, Least: 0.9},
		},
	})
	fmt.Println(privacy.NewRedaction(r).Redact("C-204117, born 1990-05-17, ann@example.com, 13812345678"))
	// Output: [CUSTOMER_1], born [BIRTHDAY_1], [EMAIL_1], 13812345678
}
