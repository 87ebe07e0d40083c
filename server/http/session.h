#pragma once
// Private to server/http: one connection, from accept to close (Boost.Beast 1.74).
//
// Reads a header, checks its framing, reads the body within its caps, calls the handler, writes the
// answer, and starts again while the connection may be kept. Every wait has a deadline. Requests of
// one connection are answered one after the other, in order: nothing more is read meanwhile.
//
// Beast parses from a buffer of ours (`put`), so that every byte of chunk framing is counted: its
// own read loop would hold extensions and trailers without a limit.
// Errors: none leave a session. Threads: all steps of one session run on its strand.
#include <utility>
// <utility> must come first: Asio 1.74 in C++20 needs std::exchange.
#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "server/http/answer.h"
#include "server/http/framing.h"
#include "server/http/server.h"

namespace server::http {

namespace beast = boost::beast;
using tcp = boost::asio::ip::tcp;

// What a session needs of its server, which outlives it.
struct SessionHost {
  const Limits& limits;
  const Handler& handler;
  const std::atomic<bool>& draining;
  std::function<void()> left;  // called once, when the session is gone
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, std::string address, SessionHost host);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start();
  // Closes when no whole request was received, after the running one otherwise.
  void drain();
  void abort();

 private:
  using Parser = beast::http::request_parser<beast::http::string_body>;
  enum class Phase { idle, header, body, answering, lingering };

  template <void (Session::*Next)()>
  void read_some();
  std::string_view buffered() const;

  void begin_request();
  void first_byte();
  void read_header();
  void parse_header(std::size_t begin, std::size_t end);
  std::string_view header_fault() const;
  void take_header();
  void answer_expectation();
  void begin_body();
  void read_body();
  bool chunk_framing_too_large() const;

  void serve();
  Response call_handler() const;
  void refuse(int status, std::string_view message);
  void answer(Response response);
  void write_response();
  void write(std::string head, std::string body, Connection after);
  void after_write(beast::error_code error, Connection after);
  void linger();
  void discard();
  void close();

  beast::tcp_stream stream_;
  boost::asio::steady_timer delay_;
  const std::string address_;
  SessionHost host_;
  Phase phase_ = Phase::idle;
  std::size_t requests_ = 0;

  beast::flat_buffer buffer_;
  HeaderScanner scanner_;
  std::optional<Parser> parser_;
  std::function<void(std::uint64_t, beast::string_view, beast::error_code&)> on_chunk_header_;
  std::size_t chunks_ = 0;
  std::size_t chunk_extension_bytes_ = 0;
  std::size_t body_wire_bytes_ = 0;  // with the chunk framing
  std::size_t lingered_bytes_ = 0;

  Request request_;
  Response response_;
  Connection wanted_ = Connection::close;  // by the client
  std::string head_out_;
  std::string body_out_;
};

}  // namespace server::http
