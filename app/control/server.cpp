#include "app/control/server.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "app/exits.h"

namespace app::control {
namespace {

constexpr std::chrono::milliseconds kLookAfterClient{200};
constexpr int kAcceptRestMs = 100;  // out of descriptors: some other time

std::string pair(const Request& request, const char* vi, const char* en) {
  return std::string(request.lang == "en" ? en : vi) + "\n";
}

}  // namespace

Server::Server(std::string path, Run run, Limits limits)
    : path_(std::move(path)),
      run_(std::move(run)),
      limits_(limits),
      listener_(listen_at(path_, static_cast<int>(limits.connections_max))),
      stop_event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!stop_event_) throw std::runtime_error("cannot make an event descriptor");
  executor_ = std::thread([this] { execute_loop(); });
  acceptor_ = std::thread([this] { accept_loop(); });
}

Server::~Server() {
  stop();
}

void Server::stop() {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    stopping_ = true;
    for (const auto& task : queue_) turn_away(*task);
    queue_.clear();
  }
  changed_.notify_all();
  const eventfd_t now = 1;
  ::eventfd_write(stop_event_.get(), now);
  acceptor_.join();
  ::unlink(path_.c_str());
  executor_.join();
  for (auto& connection : connections_) connection.thread.join();
}

void Server::accept_loop() {
  while (true) {
    pollfd looks[2] = {{listener_.get(), POLLIN, 0}, {stop_event_.get(), POLLIN, 0}};
    if (::poll(looks, 2, -1) < 0) continue;
    if (looks[1].revents != 0) return;
    Descriptor socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    reap();
    if (socket) {
      admit(std::move(socket));
    } else {
      ::poll(&looks[1], 1, kAcceptRestMs);
    }
  }
}

void Server::reap() {
  for (auto at = connections_.begin(); at != connections_.end();) {
    if (!at->over) {
      ++at;
      continue;
    }
    at->thread.join();
    at = connections_.erase(at);
  }
}

void Server::admit(Descriptor socket) {
  const auto peer = peer_of(socket);
  if (!peer || !peer_allowed(*peer, ::geteuid())) {
    refuse(socket, "chỉ chủ của tiến trình nền được ra lệnh / only the daemon's own user may ask",
           exit_locked);
  } else if (connections_.size() >= limits_.connections_max) {
    refuse(socket, "tiến trình nền đang bận, thử lại sau / the daemon is busy, try again",
           exit_locked);
  } else {
    auto& connection = connections_.emplace_back();
    connection.socket = std::move(socket);
    connection.thread = std::thread([this, &connection] {
      serve(connection.socket);
      connection.socket = Descriptor{};
      connection.over = true;
    });
  }
}

void Server::refuse(const Descriptor& socket, const std::string& why, int exit_code) const {
  // Whoever does not take these few bytes at once does not get them.
  write_all(socket, to_line(Err{why + "\n"}) + to_line(Exit{exit_code}),
            std::chrono::milliseconds{0});
}

void Server::serve(const Descriptor& socket) {
  LineReader reader(socket, kRequestBytesMax);
  std::string line;
  const auto read = reader.next(line, std::chrono::steady_clock::now() + limits_.read_patience,
                                stop_event_.get());
  if (read == Read::too_long) return refuse(socket, "the request is too long", exit_usage);
  if (read == Read::too_late) return refuse(socket, "no request came", exit_failed);
  if (read != Read::line) return;
  auto request = parse_request(line);
  if (!request) return refuse(socket, request.error().message, exit_usage);
  const auto task = std::make_shared<Task>(std::move(request).value(), limits_.outbox_bytes_max);
  submit(task);
  pump(socket, *task);
}

void Server::submit(const std::shared_ptr<Task>& task) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return turn_away(*task);
  if (running_ || !queue_.empty()) {
    task->outbox.err(pair(task->request, "chờ lệnh trước xong", "waiting for the command before"));
  }
  queue_.push_back(task);
  changed_.notify_all();
}

void Server::turn_away(Task& task) {
  task.outbox.err(pair(task.request, "tiến trình nền đang dừng, lệnh chưa chạy",
                       "the daemon is stopping, the command did not run"));
  task.outbox.finish(exit_failed);
}

void Server::pump(const Descriptor& socket, Task& task) const {
  std::string bytes;
  while (task.outbox.take(bytes, kLookAfterClient)) {
    if (peer_gone(socket) || !write_all(socket, bytes, limits_.write_patience)) {
      task.outbox.close();
    }
  }
}

void Server::execute_loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    const auto task = queue_.front();
    queue_.pop_front();
    running_ = true;
    lock.unlock();
    if (task->outbox.listening()) execute(*task);
    lock.lock();
    running_ = false;
  }
}

void Server::execute(Task& task) {
  int code = exit_failed;
  try {
    code = run_(task.request, task.outbox);
  } catch (const std::exception& problem) {
    task.outbox.err(std::string(problem.what()) + "\n");
  }
  task.outbox.finish(code);
}

}  // namespace app::control
