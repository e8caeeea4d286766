package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/recommend"
)

// A command looks into the bot, in the language of the conversation.
type command struct {
	name string
	help map[string]string
	run  func(t *talk, ctx context.Context, arg string) (string, error)
}

var commands []command

func init() { // not a literal: :help lists the others
	commands = []command{
		{":state", say{"en": "what I hold of the conversation", "zh": "目前记住了什么"}, (*talk).showState},
		{":why", say{"en": "how the last answer came about", "zh": "上一个回答是怎么来的"}, (*talk).showWhy},
		{":facts", say{"en": "the facts that the last answer rests on", "zh": "上一个回答依据的事实"}, (*talk).showFacts},
		{":graph", say{"en": "what the graph knows of the last product, or of :graph NAME, and a picture of it; :graph NAME > FILE says where", "zh": "图谱里关于上一个商品（或 :graph 名称）的内容和图；:graph 名称 > 文件 指定保存位置"}, (*talk).showGraph},
		{":lang", say{"en": "the language of these commands; :lang en and :lang zh change it", "zh": "命令使用的语言，:lang en 或 :lang zh 可切换"}, (*talk).switchLang},
		{":reset", say{"en": "begin a new conversation", "zh": "重新开始对话"}, (*talk).reset},
		{":help", say{"en": "this list", "zh": "显示本列表"}, (*talk).showHelp},
		{quit, say{"en": "leave (Ctrl-D does too)", "zh": "离开（也可按 Ctrl-D）"}, (*talk).leave},
	}
}

// say is a text in both languages.
type say = map[string]string

const quit = ":quit"

// cutCommand takes a command line apart. The colon may be a Chinese one.
func cutCommand(line string) (name, arg string, ok bool) {
	line = strings.Replace(strings.TrimSpace(line), "：", ":", 1)
	name, arg, _ = strings.Cut(line, " ")
	return name, strings.TrimSpace(arg), strings.HasPrefix(name, ":")
}

// command runs a command; one that there is not shows the list.
func (t *talk) command(ctx context.Context, name, arg string) (string, error) {
	for _, c := range commands {
		if c.name == name {
			return c.run(t, ctx, arg)
		}
	}
	list, err := t.showHelp(ctx, "")
	return fmt.Sprintf(t.say("There is no command %s.\n%s", "没有 %s 这个命令。\n%s"), clip(name), list), err
}

// completions are the commands that a line may be the beginning of.
func completions(line string) []string {
	var out []string
	for _, c := range commands {
		if strings.HasPrefix(c.name, line) {
			out = append(out, c.name)
		}
	}
	return out
}

func (t *talk) showHelp(context.Context, string) (string, error) {
	lines := []string{t.say("Just write, or give a command:", "直接输入想说的话，或使用命令：")}
	for _, c := range commands {
		lines = append(lines, fmt.Sprintf("%-7s %s", c.name, c.help[t.lang]))
	}
	return strings.Join(lines, "\n"), nil
}

func (t *talk) leave(context.Context, string) (string, error) {
	return t.say("Goodbye!", "再见！"), nil
}

func (t *talk) reset(context.Context, string) (string, error) {
	t.state, t.last = dst.State{}, recommend.Reply{}
	return t.say("A new conversation. What can I do for you?", "已重新开始，请问有什么可以帮您？"), nil
}

func (t *talk) switchLang(_ context.Context, arg string) (string, error) {
	if arg != "" && arg != "en" && arg != "zh" {
		return t.say("I speak en and zh.", "我会说 en 和 zh。"), nil
	}
	if arg != "" {
		t.lang = arg
	}
	return t.say("English. I answer each message in its own language.", "中文。每条消息都会用它自己的语言来回答。"), nil
}

// showState shows what the state holds, each wish with the words it rests on.
func (t *talk) showState(ctx context.Context, _ string) (string, error) {
	var lines []string
	for _, c := range t.state.Constraints {
		lines = append(lines, fmt.Sprintf("%s %s %s  %s", t.label(c.Slot), c.Op, t.value(ctx, c.Slot, c.Value), t.evidence(c.Evidence)))
	}
	for _, c := range t.state.Focus {
		lines = append(lines, t.say("talking about: ", "正在谈：")+t.value(ctx, c.Slot, c.Value))
	}
	for i, c := range t.state.Offered {
		lines = append(lines, fmt.Sprintf("%s %d: %s", t.say("offered", "已推荐"), i+1, t.value(ctx, c.Slot, c.Value)))
	}
	if i := slices.IndexFunc(t.state.System, func(a dst.Act) bool { return a.Kind == dst.Ask }); i >= 0 {
		lines = append(lines, t.say("asked for: ", "刚问了：")+t.label(t.state.System[i].Slot))
	}
	if len(lines) == 0 {
		return t.say("Nothing yet.", "还没有内容。"), nil
	}
	return strings.Join(lines, "\n"), nil
}

// evidence words where a wish came from: (turn 2, "under 4000").
func (t *talk) evidence(e dst.Evidence) string {
	s := fmt.Sprintf(t.say("(turn %d", "（第%d轮"), e.Turn)
	if from := e.Text + e.From; from != "" {
		s += fmt.Sprintf(t.say(", %q", "，“%s”"), from)
	}
	return s + t.say(")", "）")
}
