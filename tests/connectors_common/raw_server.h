#pragma once
// A TCP server on loopback that answers with whatever bytes a test wants, well formed or not.
// One thread per connection; the handler runs there, once per request read. Threads: safe.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace connectors::common::testing {

enum class After { keep_open, close };

class RawServer {
 public:
  struct Exchange {
    RawServer& server;
    int socket;
    const std::string& request;  // head and body

    bool send(std::string_view bytes) const {
      while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
      }
      return true;
    }
    bool send_ok(std::string_view body) const {
      return send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                  std::to_string(body.size()) + "\r\n\r\n" + std::string{body});
    }
    // Until the client goes away or the server is destroyed.
    void hang() const {
      char byte = 0;
      while (::recv(socket, &byte, 1, 0) > 0) {
      }
    }
    void reset() const {  // RST instead of FIN
      const linger hard{1, 0};
      ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    }
  };
  using Handler = std::function<After(const Exchange&)>;

  explicit RawServer(Handler handler) : handler_(std::move(handler)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    const bool ready = ::bind(listener_, generic, size) == 0 && ::listen(listener_, 128) == 0 &&
                       ::getsockname(listener_, generic, &size) == 0;
    if (!ready) std::abort();
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread{[this] { accept_all(); }};
  }

  ~RawServer() {
    {
      const std::lock_guard lock{mutex_};
      stopped_ = true;
    }
    changed_.notify_all();
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    close_connections();
    for (auto& worker : workers_) worker.join();
    ::close(listener_);
  }
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }
  std::string url() const { return "http://" + authority(); }

  std::vector<std::string> requests() const {
    const std::lock_guard lock{mutex_};
    return requests_;
  }
  std::ptrdiff_t count(std::string_view start) const {
    const std::lock_guard lock{mutex_};
    return std::count_if(requests_.begin(), requests_.end(),
                         [&](const std::string& text) { return text.starts_with(start); });
  }
  std::size_t connections() const {
    const std::lock_guard lock{mutex_};
    return accepted_;
  }

  // Closes every open connection from this side, as an idle timeout does, and waits until the
  // connections' threads have seen it.
  void close_connections() {
    std::unique_lock lock{mutex_};
    for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
    if (!stopped_) changed_.wait(lock, [this] { return open_.empty(); });
  }

  // Waits until `enough` requests arrived; false when the server is being destroyed.
  bool wait_for(std::size_t enough) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return stopped_ || requests_.size() >= enough; });
    return !stopped_;
  }
  // True as soon as exactly `count` connections are open, as seen from here.
  bool wait_for_open(std::size_t count) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, std::chrono::seconds{20}, [&] { return open_.size() == count; });
  }
  // The pace of a slow server; false when the server is being destroyed.
  bool pause(std::chrono::milliseconds time) {
    std::unique_lock lock{mutex_};
    return !changed_.wait_for(lock, time, [this] { return stopped_; });
  }

 private:
  void accept_all() {
    while (true) {
      const int socket = ::accept(listener_, nullptr, nullptr);
      if (socket < 0) return;
      const std::lock_guard lock{mutex_};
      ++accepted_;
      open_.push_back(socket);
      workers_.emplace_back([this, socket] { serve(socket); });
    }
  }

  void serve(int socket) {
    std::string buffered;
    std::string request;
    while (read_request(socket, buffered, request)) {
      {
        const std::lock_guard lock{mutex_};
        requests_.push_back(request);
      }
      changed_.notify_all();
      if (handler_(Exchange{*this, socket, request}) == After::close) break;
    }
    const std::lock_guard lock{mutex_};
    std::erase(open_, socket);
    ::close(socket);
    changed_.notify_all();
  }

  static bool read_request(int socket, std::string& buffered, std::string& request) {
    while (true) {
      const std::size_t wanted = request_size(buffered);
      if (wanted != 0 && buffered.size() >= wanted) {
        request = buffered.substr(0, wanted);
        buffered.erase(0, wanted);
        return true;
      }
      char bytes[4096];
      const ssize_t got = ::recv(socket, bytes, sizeof bytes, 0);
      if (got <= 0) return false;
      buffered.append(bytes, static_cast<std::size_t>(got));
    }
  }

  static std::size_t request_size(const std::string& text) {
    const std::size_t head = text.find("\r\n\r\n");
    if (head == std::string::npos) return 0;
    const std::size_t length = text.find("Content-Length: ");
    const bool has_body = length != std::string::npos && length < head;
    return head + 4 + (has_body ? std::strtoul(text.c_str() + length + 16, nullptr, 10) : 0);
  }

  Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  std::thread acceptor_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
  std::vector<int> open_;
  std::size_t accepted_ = 0;
  std::vector<std::string> requests_;
  std::vector<std::thread> workers_;
};

}  // namespace connectors::common::testing
