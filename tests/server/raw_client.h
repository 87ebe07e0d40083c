#pragma once
// A client made of one plain socket, for saying to the server what no HTTP library would, and a
// server on loopback that answers with what it understood.
// Waits end with the socket's own events or at a deadline. Threads: one per client.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/server.h"

namespace server::http::testing {

constexpr std::chrono::milliseconds kPatience{10'000};  // a healthy server needs far less

struct Reply {
  int status = 0;  // 0: no whole header came
  std::string head;
  std::string body;
  bool has_header(std::string_view line) const { return head.find(line) != std::string::npos; }
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // False when the server has closed or reset the connection.
  bool send(std::string_view bytes);
  void finish_sending();
  // Until `count` bytes are there, the end, or the deadline.
  void fill(std::size_t count, std::chrono::milliseconds within = kPatience);
  // One answer, its body by Content-Length (none after a HEAD).
  Reply read_reply(std::string_view method = "GET");
  // All that comes until the server closes; nothing when it does not within the time.
  std::optional<std::string> read_to_end(std::chrono::milliseconds within = kPatience);
  int descriptor() const { return socket_; }

 private:
  bool receive(std::chrono::steady_clock::time_point deadline);

  int socket_ = -1;
  bool ended_ = false;
  std::string received_;
};

// Answers "METHOD path?query\nname: value\n...\n\nbody" and keeps every limit small enough to test.
Response echo(const Request& request);

class LiveServer {
 public:
  explicit LiveServer(Limits limits = {}, Handler handler = echo, int threads = 2)
      : server_({.address = "127.0.0.1", .port = 0, .threads = threads, .limits = limits},
                std::move(handler)) {
    server_.start();
  }
  std::uint16_t port() const { return server_.port(); }
  HttpServer& operator*() { return server_; }
  HttpServer* operator->() { return &server_; }
  // One request on its own connection.
  Reply ask(std::string_view bytes) const;
  bool still_answers() const { return ask("GET /alive HTTP/1.1\r\nHost: t\r\n\r\n").status == 200; }
  // Waits until that many connections are open.
  bool settles_at(std::size_t connections) const;

 private:
  HttpServer server_;
};

}  // namespace server::http::testing
