package text

var enStreets = wordSet(`street st avenue ave av road rd boulevard blvd lane ln drive dr court ct place pl square sq parkway pkwy highway hwy
terrace ter circle cir way alley crescent trail broadway row close walk mews plaza mall yard`)

// notInStreets are words that end the name of a street before it began.
var notInStreets = wordSet(`a an and or at in on to for with from by is are was i we you my your it this that these than then please people persons
tickets nights days hours minutes rooms guests adults pm am dollars miles blocks stars off until till into near along down up next about around per`)

var usStates = wordSet(`al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx
ut vt va wa wv wi wy dc`)

// enAddress reads "71 North San Pedro Street, Apt 5, San Jose, CA 95110".
func enAddress(toks []Token, i int) (AddressSpan, bool) {
	if _, ok := plainInt(at(toks, i), 6); !ok || glued(toks, i-1) || glued(toks, i) && ordinalSuffix[at(toks, i+1)] {
		return AddressSpan{}, false
	}
	j := i + 1
	if at(toks, j) == "-" && kindAt(toks, j+1) == Number && glued(toks, i) && glued(toks, j) { // 123-01
		j += 2
	}
	if glued(toks, i) && kindAt(toks, j) == Word && len(at(toks, j)) == 1 {
		j++ // 221B
	}
	for n := 0; n < 5; n++ {
		w := at(toks, j)
		if kindAt(toks, j) == Number && ordinalSuffix[at(toks, j+1)] && glued(toks, j) {
			j += 2 // 620 3rd Street
			continue
		}
		if kindAt(toks, j) != Word || notInStreets[w] || unitAt(toks, j) != nil && n == 0 && !enStreets[w] {
			return AddressSpan{}, false
		}
		if enStreets[w] && (n > 0 || w == "broadway") && !enStreets[at(toks, j+1)] {
			return AddressSpan{First: i, Last: enTail(toks, j+1), Score: 0.9}, true
		}
		if j++; at(toks, j) == "." {
			j++
		}
	}
	return AddressSpan{}, false
}

// enTail takes in what stands behind the street: a direction, the number of a
// flat, a city before the letters of its state, and the ZIP code.
func enTail(toks []Token, i int) int {
	if at(toks, i) == "." && glued(toks, i-1) && at(toks, i+1) == "," {
		i++
	}
	switch at(toks, i) {
	case "north", "south", "east", "west", "n", "s", "e", "w", "nw", "ne", "sw", "se", "northwest", "northeast", "southwest", "southeast":
		i++
	}
	j := i
	if at(toks, j) == "," {
		j++
	}
	switch at(toks, j) {
	case "apt", "apartment", "unit", "suite", "ste", "room", "#", "flat", "floor":
		if at(toks, j+1) == "#" || at(toks, j+1) == "." {
			j++
		}
		if k := zhNumber(toks, j+1); k > j+1 {
			i = k
		}
	}
	return enCity(toks, i)
}

// enCity takes in ", San Jose, CA 95110" where the state is there.
func enCity(toks []Token, i int) int {
	j := i
	if at(toks, j) == "," {
		j++
	}
	for n := 0; n < 4 && kindAt(toks, j) == Word && len(at(toks, j)) > 2; n++ {
		j++
	}
	if at(toks, j) == "," {
		j++
	}
	zip := kindAt(toks, j+1) == Number && len(at(toks, j+1)) == 5
	city := kindAt(toks, j-1) == Word || at(toks, j-1) == "," && kindAt(toks, j-2) == Word && j-2 >= i
	if !usStates[at(toks, j)] || j == i || !zip && !city {
		return i
	}
	if zip {
		j++
	}
	return j + 1
}
