module judge

go 1.25.0

require github.com/RocketChat/Rocket.Chat.Go.SDK v0.0.0-20240116134246-a8cbe886bab0

require (
	github.com/Jeffail/gabs v1.4.0 // indirect
	github.com/gopackage/ddp v0.0.0-20170117053602-652027933df4 // indirect
	github.com/sony/sonyflake v1.0.0 // indirect
	golang.org/x/net v0.0.0-20200904194848-62affa334b73 // indirect
)
