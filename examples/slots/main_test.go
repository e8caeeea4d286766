package main

import (
	"context"
	"errors"
	"io"
	"log"
	"os"
	"testing"
	"time"
)

// monday is what "tomorrow" is relative to.
func monday() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }

func Example() {
	if err := run(context.Background(), os.Stdout, monday); err != nil {
		log.Fatal(err)
	}
	// Output:
	// > Two pizzas with mushrooms and olives, no onions please
	//   quantity=2 toppings=mushroom toppings=olive toppings!=onion
	//   ask size: What size?
	// > large, or rather medium
	//   quantity=2 size=medium toppings=mushroom toppings=olive toppings!=onion
	//   ask day: For which day?
	// > at most 90 yuan, for tomorrow at half past seven in the evening
	//   day=2026-11-24 price<=90 quantity=2 size=medium time=19:30 toppings=mushroom toppings=olive toppings!=onion
	//   ask address: Where shall we bring it?
	// > 12 Mill Lane, second floor
	//   address=12 Mill Lane, second floor day=2026-11-24 price<=90 quantity=2 size=medium time=19:30 toppings=mushroom toppings=olive toppings!=onion
	//   offer: all is known
	// {Size:medium Toppings:[mushroom olive] Crust: Quantity:2 Price:0 Day:2026-11-24 00:00:00 +0000 UTC Time:19:30 Address:12 Mill Lane, second floor}
	//
	// > 来个大号薄底披萨，加火腿，不要洋葱
	//   crust=thin size=large toppings=ham toppings!=onion
	//   ask day: 哪天要？
	// > 后天晚上七点
	//   crust=thin day=2026-11-25 size=large time=19:00 toppings=ham toppings!=onion
	//   ask address: 送到哪里？
	// > 改成中号，预算八十左右
	//   crust=thin day=2026-11-25 price~80 size=medium time=19:00 toppings=ham toppings!=onion
	//   ask address: 送到哪里？
	// > 中山路12号3楼
	//   address=中山路12号3楼 crust=thin day=2026-11-25 price~80 size=medium time=19:00 toppings=ham toppings!=onion
	//   offer: all is known
	// {Size:medium Toppings:[ham] Crust:thin Quantity:0 Price:0 Day:2026-11-25 00:00:00 +0000 UTC Time:19:00 Address:中山路12号3楼}
}

func TestRunCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := run(ctx, io.Discard, monday); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want that the context is cancelled", err)
	}
}
