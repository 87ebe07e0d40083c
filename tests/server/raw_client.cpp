#include "tests/server/raw_client.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace server::http::testing {
namespace {

using Steady = std::chrono::steady_clock;

int remaining_ms(Steady::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Steady::now());
  return left.count() > 0 ? static_cast<int>(left.count()) : 0;
}

std::size_t content_length(const std::string& head) {
  constexpr std::string_view kName = "\r\nContent-Length: ";
  const auto at = head.find(kName);
  return at == std::string::npos ? 0 : std::strtoull(head.c_str() + at + kName.size(), nullptr, 10);
}

}  // namespace

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (socket_ < 0 || ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
    throw std::runtime_error("cannot connect");
  }
}

RawClient::~RawClient() {
  ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    pollfd ready{socket_, POLLOUT, 0};
    if (::poll(&ready, 1, static_cast<int>(kPatience.count())) <= 0) return false;
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::finish_sending() {
  ::shutdown(socket_, SHUT_WR);
}

bool RawClient::receive(Steady::time_point deadline) {
  pollfd ready{socket_, POLLIN, 0};
  if (::poll(&ready, 1, remaining_ms(deadline)) <= 0) return false;
  std::array<char, 65536> block{};
  const auto got = ::recv(socket_, block.data(), block.size(), 0);
  if (got <= 0) {
    ended_ = true;
    return false;
  }
  received_.append(block.data(), static_cast<std::size_t>(got));
  return true;
}

void RawClient::fill(std::size_t count, std::chrono::milliseconds within) {
  const auto deadline = Steady::now() + within;
  while (received_.size() < count && receive(deadline)) continue;
}

Reply RawClient::read_reply(std::string_view method) {
  const auto deadline = Steady::now() + kPatience;
  auto end = received_.find("\r\n\r\n");
  while (end == std::string::npos && receive(deadline)) end = received_.find("\r\n\r\n");
  if (end == std::string::npos) return {};
  Reply reply;
  reply.head = received_.substr(0, end + 4);
  received_.erase(0, end + 4);
  reply.status = std::atoi(reply.head.c_str() + std::string_view("HTTP/1.1 ").size());
  const auto length = method == "HEAD" || reply.status == 100 ? 0 : content_length(reply.head);
  fill(length);
  reply.body = received_.substr(0, length);
  received_.erase(0, length);
  return reply;
}

std::optional<std::string> RawClient::read_to_end(std::chrono::milliseconds within) {
  const auto deadline = Steady::now() + within;
  while (receive(deadline)) continue;
  if (!ended_) return std::nullopt;
  return std::exchange(received_, {});
}

Response echo(const Request& request) {
  Response response;
  response.content_type = "text/plain";
  response.body = request.method + " " + request.path + "?" + request.query + "\n";
  for (const auto& [name, value] : request.headers) response.body += name + ": " + value + "\n";
  response.body += "\n" + request.body;
  return response;
}

Reply LiveServer::ask(std::string_view bytes) const {
  RawClient client(port());
  client.send(bytes);
  return client.read_reply();
}

bool LiveServer::settles_at(std::size_t connections) const {
  const auto deadline = Steady::now() + kPatience;
  while (server_.open_connections() != connections) {
    if (Steady::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace server::http::testing
