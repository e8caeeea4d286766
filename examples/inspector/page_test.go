package main

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/slotgraph/slotgraph/examples/shop/store"
)

func TestLook(t *testing.T) {
	d := sit(t, store.Demo())
	d.do(chromedp.EmulateViewport(1440, 1080), chromedp.Navigate(d.url+"?lang=en"))
	d.until(count, "0")
	d.say("I'm looking for a laptop for university, about 5000 yuan, no Lenovo please", "1")
	d.say("it must have 16 GB of memory", "2")
	d.say("how heavy is the second one?", "3")
	d.do(chromedp.KeyEvent(kb.Escape), chromedp.KeyEvent(kb.ArrowUp))
	d.until(selected, "2")
	d.screenshot("inspector-en.png")
	d.do(chromedp.Navigate(d.url + "?lang=zh"))
	d.do(chromedp.Focus(chromedp.CSS("#new")), key(kb.Enter))
	d.until(count, "0")
	d.say("你好，想买个拍照好的手机，四千以内", "1")
	d.say("不要苹果，内存至少12G", "2")
	d.say("第二个多重？", "3")
	d.do(chromedp.KeyEvent(kb.Escape), chromedp.KeyEvent(kb.ArrowUp))
	d.screenshot("inspector-zh.png")
	d.undisturbed()
}
