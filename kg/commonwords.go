package kg

// commonWords are frequent English words of four letters or more. They are
// never taken for a misspelled name, and never tell a name by themselves.
var commonWords = wordSet(`
	able about above accept access account across action actual actually address advice after again against agree ahead allow almost alone along
	already also although always among amount angry another answer anybody anyone anything anyway apart apply appear approve area around arrive
	article asked asking aware away back badly based basic bath battery because become been before began begin behind being believe below best better
	between beyond bill black blue board book both bottom bought break breakfast bring broken brought brown build built bunch business busy button
	buying call called calls came cancel cannot card care carry case cash catch cause center certain chance change charge chat cheap cheaper cheapest
	check child children choice choose city class clean clear clearly close closed coast code cold color colour come comes coming common company
	compare complete concern confirm connect consider contact content continue control cool correct cost costs could count country couple course cover
	create credit current currently customer daily damage date days deal dear decide deep default deliver delivered delivery depart depend describe
	design detail details device different difficult dinner direct discount does doing dollar done door double doubt down draw drink drive drop during
	each early easily easy either else email empty enable ending enjoy enough enter entire equal error especially even evening ever every everyone
	everything exact exactly example excellent except exchange expect expensive explain express extra face fact fair fall family fast faster fault
	favor favorite feature feel feels fees felt field figure file fill final finally find fine finish first five fixed flight floor follow food
	foot forget form forward found four free fresh friday friend friends from front full fully future gave general gets getting gift girl give given
	gives glad goes going gold gone good goods great green group grow guess guide half hand handle happen happy hard have having head health hear
	heard heart heavy held hello help here hers high higher hold holiday home hope hotel hour hours house however huge hundred idea image important
	include including inside instead interest into invoice issue item items itself join just keep kept kind kinds king kitchen knew know known laptop
	large larger last late later latest laugh lead learn least leave left legal less letter level life light like likely limit line link list listen
	little live living local long longer look looking lost loud love lower lowest lunch made mail main major make makes making male manage many mark market
	match matter maybe mean means meant meet meeting member mention menu message method middle might mile mind mine minute minutes miss missing model moment
	monday money month months more morning most mostly mother move much must myself name names near nearby nearly neck need needed needs never news
	next nice night nine none noon normal north note nothing notice number numbers offer offers office often okay once ones online only open opening
	option options order ordered orders other others ours outside over own pack package page paid pair panel paper parent park part parts party pass
	past patient payment people perfect perhaps period person phone phones photo pick picture piece place plan plane plans plant play please plenty plus
	point policy poor popular position possible power prefer present press pretty price prices print private probably problem process product products
	program promise proper protect prove provide public pull purchase push quality question questions quick quickly quiet quite raise range rate rather
	reach read ready real really reason receive received recent recommend record refund refuse regard register regular related remain remember remove rent
	repair repeat replace reply report request require reserve rest restaurant result return returned returns review right road room rooms round rule safe
	said sale sales same saturday save saying says scale school screen search second section secure seem seems seen select sell send sense sent separate
	serious serve service services seven several shall shape share ship shipped shipping shop shops short should show shown shows side sign silver similar simple
	simply since single site situation size sizes skin sleep slow small smaller smart smooth soft sold solid some somebody someone something sometimes soon
	sorry sort sound south space speak special speed spend staff stage stand standard start started state station stay step still stock stop store story
	straight street strong study stuff style such sugar suggest suit summer sunday super supply support suppose sure surprise swim switch system table take taken
	takes taking talk tall teach team tell tells ten terms test than thank thanks that their them then there these they thick thin thing things think third
	this those though thought thousand three through thursday tickets time times tired today together told tomorrow tonight took total touch toward towards
	town track trade train travel treat trial tried trip trouble true trust trying tuesday turn twelve twenty twice type under understand unit united until
	update upon upset urgent used useful user using usual usually value various very view visit voice wait waiting walk wall want wanted wants warm warranty
	wash watch water ways wear website wednesday week weekend weeks weight welcome well went were west what whatever when where whether which while white
	whole whom whose wide wife will window winter wish with within without woman women wonder wood word words work working works world worry worse worst worth
	would write wrong wrote yeah year years yellow yesterday young your yours yourself zero
	able apples applied applying banana bands brand brands camera cameras charger chargers cheers cloth clothes color colors cotton earphone earphones gaming
	headphone headphones keyboard laptops leather memory monitor monitors mouse orange organic pants shirt shirts shoes speaker speakers storage tablet tablets
	television warrant watches wireless
	ultra lite mini edition series premium classic version generation studio deluxe limited official original flagship standard
	new old big get buy got one two ten six red hot top all any not now yes see use try pay day ask say let put set run off out low far few lot own way
	too bad due end fit fix hey hi ok say she he his her him man men old pro max air`)
