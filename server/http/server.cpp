#include "server/http/server.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <utility>
// <utility> must come before Asio 1.74 in C++20.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include "base/log.h"
#include "server/http/session.h"

namespace server::http {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

constexpr int kBacklog = 1024;
constexpr std::chrono::milliseconds kAcceptRetry{50};  // out of descriptors: no busy loop
constexpr std::chrono::milliseconds kAbortTimeMax{200};

}  // namespace

class HttpServer::Impl {
 public:
  Impl(Config config, Handler handler)
      : config_(std::move(config)),
        handler_(std::move(handler)),
        acceptor_(asio::make_strand(io_)),
        accept_retry_(acceptor_.get_executor()) {}
  ~Impl();

  void start();
  void stop(std::chrono::milliseconds grace);
  std::uint16_t port() const { return port_; }
  std::size_t open_connections() const {
    const std::lock_guard lock(mutex_);
    return sessions_.size();
  }

 private:
  struct Entry {
    std::string address;
    std::weak_ptr<Session> session;
  };

  void run();
  void accept();
  void admit(tcp::socket socket);
  void begin_session(std::uint64_t id, const std::string& address, tcp::socket socket);
  bool register_entry(std::uint64_t id, const std::string& address);
  void left(std::uint64_t id);
  void close_acceptor_and_drain();
  template <typename Act>
  void for_each_session(const Act& act);

  const Config config_;
  const Handler handler_;
  std::atomic<bool> draining_{false};
  std::atomic<std::uint16_t> port_{0};

  mutable std::mutex mutex_;  // guards the next five
  std::condition_variable changed_;
  std::unordered_map<std::uint64_t, Entry> sessions_;
  std::map<std::string, std::size_t> by_address_;
  std::vector<std::thread> threads_;
  int running_threads_ = 0;

  std::uint64_t next_id_ = 0;  // the acceptor's strand alone

  // Below what sessions use: destroying it destroys the steps, and so the sessions, still queued.
  asio::io_context io_;
  tcp::acceptor acceptor_;
  asio::steady_timer accept_retry_;
};

HttpServer::Impl::~Impl() {
  stop(std::chrono::milliseconds{0});
  for (auto& thread : threads_) thread.join();
}

void HttpServer::Impl::start() {
  boost::system::error_code error;
  const tcp::endpoint endpoint(asio::ip::make_address(config_.address, error), config_.port);
  if (!error) acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(kBacklog, error);
  if (error) {
    throw std::runtime_error("cannot listen on " + config_.address + ":" +
                             std::to_string(config_.port) + ": " + error.message());
  }
  port_ = acceptor_.local_endpoint().port();
  accept();
  const std::lock_guard lock(mutex_);
  for (int i = 0; i < std::max(1, config_.threads); ++i) {
    threads_.emplace_back([this] { run(); });
    ++running_threads_;
  }
}

// Ends when nothing is left to do, that is, when the acceptor and every session are closed.
void HttpServer::Impl::run() {
  for (bool done = false; !done;) {
    try {
      io_.run();
      done = true;
    } catch (const std::exception& problem) {  // out of memory, say: that session is gone
      base::log_event(base::Level::error, "http_session_failed", {{"problem", problem.what()}});
    }
  }
  const std::lock_guard lock(mutex_);
  --running_threads_;
  changed_.notify_all();
}

void HttpServer::Impl::stop(std::chrono::milliseconds grace) {
  const auto abort_time = std::min(kAbortTimeMax, std::max(grace / 4, kAcceptRetry));
  const auto deadline = Clock::now() + std::max(grace, abort_time);
  draining_ = true;
  asio::post(acceptor_.get_executor(), [this] { close_acceptor_and_drain(); });
  const auto ended = [this] { return running_threads_ == 0; };
  {
    std::unique_lock lock(mutex_);
    if (changed_.wait_until(lock, deadline - abort_time, ended)) return;
  }
  for_each_session([](Session& session) { session.abort(); });
  // A handler that is still running cannot be stopped; the destructor waits for it.
  std::unique_lock lock(mutex_);
  changed_.wait_until(lock, deadline, ended);
}

// On the acceptor's strand, so that no connection is admitted behind it.
void HttpServer::Impl::close_acceptor_and_drain() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  accept_retry_.cancel();
  for_each_session([](Session& session) { session.drain(); });
}

void HttpServer::Impl::accept() {
  acceptor_.async_accept(asio::make_strand(io_),
                         [this](boost::system::error_code error, tcp::socket socket) {
                           if (draining_ || error == asio::error::operation_aborted) return;
                           if (!error) {
                             admit(std::move(socket));
                             return accept();
                           }
                           accept_retry_.expires_after(kAcceptRetry);
                           accept_retry_.async_wait([this](boost::system::error_code cancelled) {
                             if (!cancelled && !draining_) accept();
                           });
                         });
}

// A connection over a cap is closed at once, without an answer.
void HttpServer::Impl::admit(tcp::socket socket) {
  boost::system::error_code error;
  const auto endpoint = socket.remote_endpoint(error);
  if (error) return;
  const auto id = next_id_++;
  try {
    const auto address = endpoint.address().to_string();
    if (!register_entry(id, address)) return;
    socket.set_option(tcp::no_delay(true), error);
    begin_session(id, address, std::move(socket));
  } catch (const std::exception& problem) {  // out of memory: this connection ends, not accepting
    left(id);
    base::log_event(base::Level::error, "http_accept_failed", {{"problem", problem.what()}});
  }
}

void HttpServer::Impl::begin_session(std::uint64_t id, const std::string& address,
                                     tcp::socket socket) {
  const auto session = std::make_shared<Session>(
      std::move(socket), address,
      SessionHost{config_.limits, handler_, draining_, [this, id] { left(id); }});
  {
    const std::lock_guard lock(mutex_);
    sessions_[id].session = session;
  }
  session->start();
}

bool HttpServer::Impl::register_entry(std::uint64_t id, const std::string& address) {
  const std::lock_guard lock(mutex_);
  const auto found = by_address_.find(address);
  const auto of_address = found == by_address_.end() ? 0 : found->second;
  if (sessions_.size() >= config_.limits.connections_max) return false;
  if (of_address >= config_.limits.connections_per_address_max) return false;
  ++by_address_[address];
  sessions_.emplace(id, Entry{address, {}});
  return true;
}

void HttpServer::Impl::left(std::uint64_t id) {
  const std::lock_guard lock(mutex_);
  const auto entry = sessions_.find(id);
  if (entry == sessions_.end()) return;
  const auto counted = by_address_.find(entry->second.address);
  if (--counted->second == 0) by_address_.erase(counted);
  sessions_.erase(entry);
  changed_.notify_all();
}

template <typename Act>
void HttpServer::Impl::for_each_session(const Act& act) {
  std::vector<std::shared_ptr<Session>> alive;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, entry] : sessions_) {
      if (auto session = entry.session.lock()) alive.push_back(std::move(session));
    }
  }
  for (const auto& session : alive) act(*session);
}

HttpServer::HttpServer(Config config, Handler handler)
    : impl_(std::make_shared<Impl>(std::move(config), std::move(handler))) {}
HttpServer::~HttpServer() = default;
void HttpServer::start() {
  impl_->start();
}
void HttpServer::stop(std::chrono::milliseconds grace) {
  impl_->stop(grace);
}
std::uint16_t HttpServer::port() const {
  return impl_->port();
}
std::size_t HttpServer::open_connections() const {
  return impl_->open_connections();
}

}  // namespace server::http
