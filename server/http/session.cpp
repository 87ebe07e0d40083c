#include "server/http/session.h"

#include <array>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>
#include <limits>

#include "base/log.h"

namespace server::http {
namespace {

namespace asio = boost::asio;
namespace bhttp = beast::http;

constexpr std::size_t kReadBytes = 8 * 1024;
constexpr std::size_t kChunkLineBytes = 20;  // 16 hex digits and two line ends: honest framing
constexpr std::chrono::milliseconds kLingerTime{2'000};
constexpr std::chrono::milliseconds kLingerTimeDraining{200};
constexpr std::size_t kLingerBytesMax = 8 * 1024 * 1024;

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

Response internal_error() {
  Response response;
  response.status = 500;
  response.body = R"({"error":"internal"})";
  response.close_connection = true;
  return response;
}

}  // namespace

Session::Session(tcp::socket socket, std::string address, SessionHost host)
    : stream_(std::move(socket)),
      delay_(stream_.get_executor()),
      address_(std::move(address)),
      host_(std::move(host)),
      scanner_(host_.limits.header_count_max) {
  on_chunk_header_ = [this](std::uint64_t, beast::string_view extensions,
                            beast::error_code& error) {
    ++chunks_;
    chunk_extension_bytes_ += extensions.size();
    if (chunk_extension_bytes_ > host_.limits.chunk_extension_bytes_max) {
      error = bhttp::error::header_limit;
    }
  };
}

Session::~Session() {
  host_.left();
}

void Session::start() {
  asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->begin_request(); });
}

void Session::drain() {
  asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
    const auto phase = self->phase_;
    if (phase != Phase::body && phase != Phase::answering) self->close();
  });
}

void Session::abort() {
  asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->close(); });
}

template <void (Session::*Next)()>
void Session::read_some() {
  stream_.async_read_some(buffer_.prepare(kReadBytes),
                          [self = shared_from_this()](beast::error_code error, std::size_t bytes) {
                            if (error) return self->close();
                            self->buffer_.commit(bytes);
                            (self.get()->*Next)();
                          });
}

std::string_view Session::buffered() const {
  return {static_cast<const char*>(buffer_.data().data()), buffer_.size()};
}

// Until the first byte of a request the idle deadline rules.
void Session::begin_request() {
  phase_ = Phase::idle;
  request_ = {};
  response_ = {};
  parser_.reset();
  scanner_ = HeaderScanner(host_.limits.header_count_max);
  chunks_ = chunk_extension_bytes_ = body_wire_bytes_ = 0;
  if (buffer_.size() > 0) return first_byte();
  stream_.expires_after(host_.limits.idle_timeout);
  read_some<&Session::first_byte>();
}

// One deadline for the whole header: a byte now and then does not move it.
void Session::first_byte() {
  phase_ = Phase::header;
  stream_.expires_after(host_.limits.header_timeout);
  read_header();
}

void Session::read_header() {
  const auto bytes_max = host_.limits.header_bytes_max;
  switch (scanner_.scan(buffered())) {
    case HeaderState::malformed:
      return refuse(400, "malformed header");
    case HeaderState::too_many_fields:
      return refuse(431, "too many header fields");
    case HeaderState::incomplete:
      if (buffer_.size() >= bytes_max) return refuse(431, "header too large");
      return read_some<&Session::read_header>();
    case HeaderState::complete:
      if (scanner_.end() > bytes_max) return refuse(431, "header too large");
      return parse_header(scanner_.begin(), scanner_.end());
  }
}

void Session::parse_header(std::size_t begin, std::size_t end) {
  parser_.emplace();
  parser_->header_limit(std::numeric_limits<std::uint32_t>::max());  // checked above
  parser_->body_limit(host_.limits.body_bytes_max);
  parser_->on_chunk_header(on_chunk_header_);
  const auto block = buffered().substr(begin, end - begin);
  beast::error_code error;
  parser_->put(asio::buffer(block.data(), block.size()), error);
  buffer_.consume(end);
  request_.method = std::string(view(parser_->get().method_string()));
  if (error == bhttp::error::body_limit) return refuse(413, "body too large");
  if (error || !parser_->is_header_done()) return refuse(400, "malformed header");
  if (const auto fault = header_fault(); !fault.empty()) return refuse(400, fault);
  take_header();
  answer_expectation();
}

std::string_view Session::header_fault() const {
  const auto& message = parser_->get();
  FramingHeaders framing;
  framing.version = message.version() == 10 ? HttpVersion::v1_0 : HttpVersion::v1_1;
  for (const auto& field : message) {
    if (field.name() == bhttp::field::content_length) {
      framing.content_lengths.push_back(view(field.value()));
    } else if (field.name() == bhttp::field::transfer_encoding) {
      framing.transfer_encodings.push_back(view(field.value()));
    } else if (field.name() == bhttp::field::host) {
      ++framing.hosts;
    }
  }
  return framing_fault(framing);
}

// Taken before the body: Beast mixes trailers into the header, and a trailer must not pass for one.
void Session::take_header() {
  const auto& message = parser_->get();
  request_.target = std::string(view(message.target()));
  const auto parts = split_target(request_.target);
  request_.path = std::string(parts.path);
  request_.query = std::string(parts.query);
  for (const auto& field : message) {
    request_.headers.emplace_back(view(field.name_string()), view(field.value()));
  }
  request_.remote_address = address_;
  wanted_ = parser_->keep_alive() ? Connection::keep_alive : Connection::close;
}

void Session::answer_expectation() {
  const auto expect = request_.header("Expect");
  if (expect.empty() || parser_->get().version() == 10) return begin_body();
  if (!equal_ignoring_case(expect, "100-continue")) return refuse(417, "unknown expectation");
  if (parser_->is_done() || buffer_.size() > 0) return begin_body();  // nobody waits for it
  phase_ = Phase::body;
  head_out_ = "HTTP/1.1 100 Continue\r\n\r\n";
  stream_.expires_after(host_.limits.write_timeout);
  asio::async_write(stream_, asio::buffer(head_out_),
                    [self = shared_from_this()](beast::error_code error, std::size_t) {
                      if (error) return self->close();
                      self->begin_body();
                    });
}

void Session::begin_body() {
  phase_ = Phase::body;
  parser_->eager(true);
  stream_.expires_after(host_.limits.body_timeout);
  read_body();
}

void Session::read_body() {
  while (!parser_->is_done() && buffer_.size() > 0) {
    beast::error_code error;
    const auto used = parser_->put(buffer_.data(), error);
    buffer_.consume(used);
    body_wire_bytes_ += used;
    if (error == bhttp::error::need_more) break;
    if (error == bhttp::error::body_limit) return refuse(413, "body too large");
    if (error == bhttp::error::header_limit) return refuse(431, "chunk extensions too large");
    if (error) return refuse(400, "malformed body");
  }
  if (chunk_framing_too_large()) return refuse(431, "chunk framing too large");
  if (parser_->is_done()) return serve();
  read_some<&Session::read_body>();
}

// Extensions, trailers, padded chunk sizes and the unfinished line in the buffer: all that a
// chunked body carries beside its data and plain chunk lines.
bool Session::chunk_framing_too_large() const {
  if (!parser_->chunked()) return false;
  const auto pending = parser_->is_done() ? 0 : buffer_.size();
  const auto framing = body_wire_bytes_ + pending - parser_->get().body().size();
  return framing > host_.limits.chunk_extension_bytes_max + kChunkLineBytes * (chunks_ + 2);
}

void Session::serve() {
  phase_ = Phase::answering;
  ++requests_;
  request_.body = std::move(parser_->get().body());
  parser_.reset();
  answer(call_handler());
}

Response Session::call_handler() const {
  std::string problem;
  try {
    auto response = host_.handler(request_);
    if (response.wire == Wire::drop || response.wire == Wire::raw) return response;
    problem = std::string(response_fault(response));
    if (problem.empty()) return response;
  } catch (const std::exception& error) {
    problem = error.what();
  } catch (...) {
    problem = "not a std::exception";
  }
  base::log_event(base::Level::error, "http_handler_failed",
                  {{"method", request_.method}, {"path", request_.path}, {"problem", problem}});
  return internal_error();
}

// The body of a refused request is not read, so nothing can follow it on this connection.
void Session::refuse(int status, std::string_view message) {
  phase_ = Phase::answering;
  Response response;
  response.status = status;
  response.body = "{\"error\":\"" + std::string(message) + "\"}";
  response.close_connection = true;
  answer(std::move(response));
}

void Session::answer(Response response) {
  response_ = std::move(response);
  if (response_.delay.count() <= 0) return write_response();
  delay_.expires_after(response_.delay);
  delay_.async_wait([self = shared_from_this()](beast::error_code error) {
    if (error) return self->close();
    self->write_response();
  });
}

void Session::write_response() {
  const bool last = response_.close_connection || wanted_ == Connection::close ||
                    requests_ >= host_.limits.requests_per_connection_max || host_.draining;
  const auto after = last ? Connection::close : Connection::keep_alive;
  const bool with_body = may_have_body(response_.status) && request_.method != "HEAD";
  switch (response_.wire) {
    case Wire::drop:
      return close();
    case Wire::raw:
      return write({}, std::move(response_.body), Connection::close);
    case Wire::truncated: {
      auto head = header_bytes(response_, Connection::close);
      return write(std::move(head), response_.body.substr(0, response_.body.size() / 2),
                   Connection::close);
    }
    case Wire::normal: {
      auto head = header_bytes(response_, after);
      return write(std::move(head), with_body ? std::move(response_.body) : std::string{}, after);
    }
  }
}

void Session::write(std::string head, std::string body, Connection after) {
  head_out_ = std::move(head);
  body_out_ = std::move(body);
  stream_.expires_after(host_.limits.write_timeout);
  const std::array<asio::const_buffer, 2> parts = {asio::buffer(head_out_),
                                                   asio::buffer(body_out_)};
  asio::async_write(stream_, parts,
                    [self = shared_from_this(), after](beast::error_code error, std::size_t) {
                      self->after_write(error, after);
                    });
}

void Session::after_write(beast::error_code error, Connection after) {
  if (error) return close();
  body_out_ = {};
  if (after == Connection::close || host_.draining) return linger();
  begin_request();
}

// Closing a socket with unread bytes resets it, and the client may lose the answer: say that we are
// done, then read what it still sends, for a while.
void Session::linger() {
  phase_ = Phase::lingering;
  beast::error_code error;
  stream_.socket().shutdown(tcp::socket::shutdown_send, error);
  if (error) return close();
  stream_.expires_after(host_.draining ? kLingerTimeDraining : kLingerTime);
  read_some<&Session::discard>();
}

void Session::discard() {
  lingered_bytes_ += buffer_.size();
  buffer_.clear();
  if (lingered_bytes_ > kLingerBytesMax) return close();
  read_some<&Session::discard>();
}

void Session::close() {
  delay_.cancel();
  stream_.close();
}

}  // namespace server::http
