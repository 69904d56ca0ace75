// SPDX-License-Identifier: Apache-2.0

// A real SSH server that serves Git and nothing else, for tests: one user key, one host key, the two programs of git. The first line
// that it prints is its port and its host key. It has no shell, no other authentication, no forwarding.
package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"regexp"
	"strings"

	"golang.org/x/crypto/ssh"
)

var allowed = regexp.MustCompile(`^git-(upload-pack|receive-pack) '([^']+)'$`)

// Arguments: the file with the public key of the user who may log in.
func main() {
	config, hostKey := configuration(os.Args[1])
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	fmt.Printf("%d %s", listener.Addr().(*net.TCPAddr).Port, ssh.MarshalAuthorizedKey(hostKey))
	for {
		connection, err := listener.Accept()
		must(err)
		go serve(connection, config)
	}
}

func configuration(keyFile string) (*ssh.ServerConfig, ssh.PublicKey) {
	text, err := os.ReadFile(keyFile)
	must(err)
	known, _, _, _, err := ssh.ParseAuthorizedKey(text)
	must(err)
	_, private, err := ed25519.GenerateKey(rand.Reader)
	must(err)
	signer, err := ssh.NewSignerFromKey(private)
	must(err)
	config := &ssh.ServerConfig{
		PublicKeyCallback: func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
			if string(key.Marshal()) != string(known.Marshal()) {
				return nil, fmt.Errorf("this key may not log in")
			}
			return nil, nil
		},
	}
	config.AddHostKey(signer)
	return config, signer.PublicKey()
}

func serve(connection net.Conn, config *ssh.ServerConfig) {
	_, channels, requests, err := ssh.NewServerConn(connection, config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for offered := range channels {
		if offered.ChannelType() != "session" {
			offered.Reject(ssh.UnknownChannelType, "only sessions")
			continue
		}
		channel, requests, err := offered.Accept()
		if err == nil {
			go session(channel, requests)
		}
	}
}

func session(channel ssh.Channel, requests <-chan *ssh.Request) {
	defer channel.Close()
	environment := os.Environ()
	for request := range requests {
		switch request.Type {
		case "env":
			var variable struct{ Name, Value string }
			if ssh.Unmarshal(request.Payload, &variable) == nil && variable.Name == "GIT_PROTOCOL" {
				environment = append(environment, "GIT_PROTOCOL="+variable.Value)
			}
			request.Reply(true, nil)
		case "exec":
			var command struct{ Text string }
			must(ssh.Unmarshal(request.Payload, &command))
			request.Reply(true, nil)
			channel.SendRequest("exit-status", false, ssh.Marshal(struct{ Code uint32 }{run(command.Text, environment, channel)}))
			return
		default:
			request.Reply(false, nil)
		}
	}
}

func run(command string, environment []string, channel ssh.Channel) uint32 {
	match := allowed.FindStringSubmatch(command)
	if match == nil {
		io.WriteString(channel.Stderr(), "Only git is served here.\n")
		return 128
	}
	git := exec.Command("git", match[1], match[2])
	git.Env = environment
	input, err := git.StdinPipe()
	must(err)
	git.Stdout, git.Stderr = channel, channel.Stderr()
	must(git.Start())
	go func() {
		io.Copy(input, channel)
		input.Close()
	}()
	if git.Wait() == nil {
		return 0
	}
	return 1
}

func must(err error) {
	if err != nil {
		log.Fatal(strings.TrimSpace(err.Error()))
	}
}
