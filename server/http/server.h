#pragma once
// The one HTTP server of the house (Boost.Beast 1.74), used by the daemon and by the sandbox.
//
// Every input is bounded by `Limits`: header bytes and count, body, chunk extensions and trailers,
// requests per connection, connections in all and per address, and the time to read a header, read
// a body, write an answer and sit idle. Framing that two readers could read differently (both
// Content-Length and Transfer-Encoding, repeated or malformed lengths, obs-fold) is answered 400
// and the connection closed. Nothing a client sends throws out of here.
//
//   HttpServer server({.address = "127.0.0.1", .port = 0}, handler);
//   server.start();              // threads run until stop()
//   server.port();               // the bound port
//   server.stop(20s);            // no new connections, running requests finish, then close
//
// stop() returns within its grace: connections without a whole request close at once, the rest when
// answered, and all at the end of the grace. The destructor waits for handlers that still run then.
//
// Threads: the handler is called from `threads` threads at once and must be safe for that. A
// handler that throws answers 500 and the connection closes.
// Source: RFC 9110/9112; Beast 1.74 parser limits (chunk callbacks are needed for extensions).
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace server::http {

struct Limits {
  std::size_t header_bytes_max = 16 * 1024;
  std::size_t header_count_max = 100;
  std::size_t body_bytes_max = 4 * 1024 * 1024;
  std::size_t chunk_extension_bytes_max = 4 * 1024;  // per request, all chunks together
  std::size_t requests_per_connection_max = 10'000;
  std::size_t connections_max = 2'000;
  std::size_t connections_per_address_max = 1'600;
  std::chrono::milliseconds header_timeout{10'000};  // from the first byte of a request
  std::chrono::milliseconds body_timeout{20'000};
  std::chrono::milliseconds write_timeout{20'000};
  std::chrono::milliseconds idle_timeout{15'000};  // also: connected, nothing sent yet
};

struct Config {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any free port
  int threads = 2;
  Limits limits = {};
};

using Headers = std::vector<std::pair<std::string, std::string>>;  // as received, order kept

struct Request {
  std::string method;  // "GET"
  std::string target;  // raw, as received: "/a%20b?x=1"
  std::string path;    // raw path part of target, still percent-encoded
  std::string query;   // raw query part, without '?'
  Headers headers;
  std::string body;  // decoded from chunks
  std::string remote_address;

  // The first header of that name, case-insensitively; empty when absent.
  std::string_view header(std::string_view name) const;
};

// How the answer goes out; anything but `normal` is for the sandbox's fault plan.
enum class Wire {
  normal,
  drop,       // close without a byte
  truncated,  // status and header promise the whole body, half of it is sent, then close
  raw,        // `body` is written as it is, without any header of ours, then close
};

struct Response {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  Headers headers = {};
  std::string body = {};
  Wire wire = Wire::normal;
  std::chrono::milliseconds delay{0};  // waited, without holding a thread, before the first byte
  bool close_connection = false;
};

using Handler = std::function<Response(const Request&)>;

// "a=1&b=%20" -> {{"a","1"},{"b"," "}}; '+' is a space; pairs without '=' have an empty value;
// empty pairs are skipped. Malformed escapes are kept as they are.
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);
std::string percent_decode(std::string_view text, bool plus_is_space);

class HttpServer {
 public:
  HttpServer(Config config, Handler handler);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Binds and listens; throws std::runtime_error when the address cannot be bound.
  void start();
  void stop(std::chrono::milliseconds grace);
  std::uint16_t port() const;
  std::size_t open_connections() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace server::http
