package sessionbench
import ("testing";"context";"github.com/slotgraph/slotgraph/dst/session")
func BenchmarkTurn(b *testing.B){
 bt,_:=newBot(1)
 m,_:=newManaged(bt,session.NewMemory(),arguments{sessions:2000},session.Limits{})
 m.open(context.Background(),2000,10)
 b.ReportAllocs()
 b.ResetTimer()
 for i:=0;b.Loop();i++{ if _,err:=m.turn(context.Background(),i%2000);err!=nil{b.Fatal(err)}}
}
func BenchmarkAlone(b *testing.B){
 bt,_:=newBot(1); ends,_:=endings(context.Background(),bt)
 m:=alone(bt,ends,2000)
 b.ReportAllocs()
 for i:=0;b.Loop();i++{ if _,err:=m.turn(context.Background(),i%2000);err!=nil{b.Fatal(err)}}
}
