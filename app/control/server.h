#pragma once
// The daemon's ear for the command line: a Unix socket beside the database. One command runs at a
// time, on its own thread; the others wait their turn and are told so.
//
//   control::Server server("/var/lib/nongsan/nongsan.db.sock", run);   // the database is locked
//   server.stop();   // no new ones; who waits is told; the running one finishes
//
// Every input is bounded by `Limits`. Only the daemon's own user and root are heard. A client that
// goes away before its turn is forgotten; after, its command still finishes. What the command says
// for a client that does not read is dropped after `write_patience`.
// Errors: the constructor throws std::runtime_error when it cannot bind. Threads: `run` is called
// from one thread; stop from any, once.
#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/control/frame.h"
#include "app/control/outbox.h"
#include "app/control/socket.h"

namespace app::control {

struct Limits {
  std::size_t connections_max = 8;
  std::size_t outbox_bytes_max = std::size_t{4} << 20;
  std::chrono::milliseconds read_patience{5'000};    // from accept to a whole request
  std::chrono::milliseconds write_patience{10'000};  // a client that takes nothing
};

class Server {
 public:
  // Its exit code; what it throws is told to the client and ends with 1.
  using Run = std::function<int(const Request& request, Sink& sink)>;

  Server(std::string path, Run run, Limits limits = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void stop();
  const std::string& path() const { return path_; }

 private:
  struct Task {
    Request request;
    Outbox outbox;
    Task(Request wanted, std::size_t bytes_max) : request(std::move(wanted)), outbox(bytes_max) {}
  };
  struct Connection {
    Descriptor socket;
    std::thread thread;
    std::atomic<bool> over{false};
  };

  void accept_loop();
  void admit(Descriptor socket);
  void reap();
  void serve(const Descriptor& socket);
  void submit(const std::shared_ptr<Task>& task);
  static void turn_away(Task& task);
  void execute_loop();
  void execute(Task& task);
  void pump(const Descriptor& socket, Task& task) const;
  void refuse(const Descriptor& socket, const std::string& why, int exit_code) const;

  const std::string path_;
  const Run run_;
  const Limits limits_;
  Descriptor listener_;
  Descriptor stop_event_;
  std::list<Connection> connections_;  // the acceptor's, and stop()'s after it

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Task>> queue_;
  bool running_ = false;
  bool stopping_ = false;

  std::thread executor_;
  std::thread acceptor_;
};

}  // namespace app::control
