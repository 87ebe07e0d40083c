// The daemon: the same workers as `sync`, a timetable, a health port on loopback, and a socket for
// the commands that find the database held.
#include <signal.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "app/commands/commands.h"
#include "app/commands/support.h"
#include "app/control/server.h"
#include "app/feed.h"
#include "app/forward.h"
#include "app/hosted.h"
#include "app/message_desk.h"
#include "base/log.h"
#include "jobs/engine.h"
#include "jobs/schedule.h"
#include "server/http/server.h"

namespace app {
namespace {

constexpr base::Millis kScheduleTick{1'000};
constexpr base::Millis kWorkerSilenceMax{120'000};
constexpr base::Millis kDrainPatience{20'000};
constexpr base::Millis kPatienceStep{100};

// Signals are taken by one thread; every other one has them blocked.
class SignalWatch {
 public:
  SignalWatch() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  // The signal, or 0 after `time`.
  int wait(base::Millis time) const {
    const timespec span{time.count() / 1'000, time.count() % 1'000 * 1'000'000};
    const int received = sigtimedwait(&set_, nullptr, &span);
    return received > 0 ? received : 0;
  }

 private:
  sigset_t set_{};
};

jobs::Timetable timetable_of(const Invocation& in) {
  constexpr std::int64_t kDayS = 86'400;
  jobs::Timetable table;
  const auto pull = in.settings.number("pull_every_s", 1, kDayS);
  const auto reconcile = in.settings.number("reconcile_every_s", 1, 7 * kDayS);
  const auto follow = in.settings.number("follow_parcels_every_s", 1, 7 * kDayS);
  if (!follow) throw std::runtime_error(follow.error().message);
  table.follow_every = std::chrono::seconds{follow.value()};
  if (!pull) throw std::runtime_error(pull.error().message);
  if (!reconcile) throw std::runtime_error(reconcile.error().message);
  table.pull_every = std::chrono::seconds{pull.value()};
  table.reconcile_every = std::chrono::seconds{reconcile.value()};
  const auto text = in.settings.text("nightly_at");
  int hour = 0;
  int minute = 0;
  if (std::sscanf(text.c_str(), "%2d:%2d", &hour, &minute) != 2 || hour > 23 || minute > 59) {
    throw std::runtime_error("nightly_at must be a local time like 02:00");
  }
  table.nightly_at = std::chrono::minutes{hour * 60 + minute};
  return table;
}

class Health {
 public:
  Health(Wiring& wiring, jobs::Engine& engine) : wiring_(wiring), engine_(engine) {}

  server::http::Response answer(const server::http::Request& request) const {
    server::http::Response response;
    if (request.method != "GET" && request.method != "HEAD") {
      response.status = 405;
      response.body = R"({"error":"method_not_allowed"})";
    } else if (request.path == "/healthz") {
      const auto silent = wiring_.services().clock.now() - engine_.last_tick();
      const bool alive = silent < kWorkerSilenceMax;
      response.status = alive ? 200 : 503;
      response.body = alive ? R"({"status":"ok"})" : R"({"status":"stuck"})";
    } else if (request.path == "/readyz") {
      readiness(response);
    } else {
      response.status = 404;
      response.body = R"({"error":"not_found"})";
    }
    return response;
  }

 private:
  void readiness(server::http::Response& response) const {
    std::string reason = engine_.stopping() ? "draining" : "";
    if (reason.empty()) {
      try {
        wiring_.store().write([](jobs::Tables&) {});
      } catch (const std::exception&) {
        reason = "database";
      }
    }
    response.status = reason.empty() ? 200 : 503;
    response.body = reason.empty() ? R"({"status":"ready"})" : R"({"status":")" + reason + "\"}";
  }

  Wiring& wiring_;
  jobs::Engine& engine_;
};

std::uint16_t port_of(const Invocation& in) {
  const auto port = in.settings.number("listen_port", 0, 65'535);
  if (!port) throw std::runtime_error(port.error().message);
  return static_cast<std::uint16_t>(port.value());
}

jobs::EngineOptions engine_options(const Invocation& in, const base::Clock& clock) {
  const auto workers = in.settings.number("workers", 1, 16);
  if (!workers) throw std::runtime_error(workers.error().message);
  jobs::EngineOptions options;
  options.workers = static_cast<int>(workers.value());
  options.seed = static_cast<std::uint64_t>(base::to_unix_ms(clock.now()));
  return options;
}

// On a thread of its own: a tick writes, and a long write of a command may stand before it.
void keep_timetable(jobs::Schedule& schedule, Wiring& wiring) {
  while (wiring.waiter().wait(kScheduleTick)) {
    try {
      schedule.tick(wiring.services());
    } catch (const std::exception& problem) {
      base::log_event(base::Level::error, "timetable", {{"why", problem.what()}});
    }
  }
}

// The feed by the timetable. A refused one is an error of the log each time: the old file stands.
void keep_feed(const FeedPlan& plan, Wiring& wiring) {
  auto next = wiring.clock().now();
  while (wiring.waiter().wait(kScheduleTick)) {
    const auto now = wiring.clock().now();
    if (now < next) continue;
    next = now + plan.every;
    try {
      const auto run = write_feed(plan, wiring.store(), now, feed::Force::no);
      if (run.written) {
        base::log_event(base::Level::info, "feed_written",
                        {{"items", static_cast<long long>(run.written.value().items)},
                         {"left_out", static_cast<long long>(run.gathered.left_out.size())}});
      } else {
        base::log_event(base::Level::error, "feed_refused", {{"why", run.written.error().message}});
      }
    } catch (const std::exception& problem) {
      base::log_event(base::Level::error, "feed_refused", {{"why", problem.what()}});
    }
  }
}

// Runs `finish`. A second signal, or too long a wait: leave as a crash would, which is safe.
void finish_or_leave(const SignalWatch& signals, const std::function<void()>& finish) {
  std::atomic<bool> finished{false};
  std::thread impatient([&] {
    for (base::Millis waited{0}; waited < kDrainPatience && !finished; waited += kPatienceStep) {
      if (signals.wait(kPatienceStep) != 0) std::_Exit(exit_interrupted);
    }
    if (!finished) std::_Exit(exit_interrupted);
  });
  finish();
  finished = true;
  impatient.join();
}

}  // namespace

int serve(Invocation& in) {
  const SignalWatch signals;
  SyncObserver observer(in.out);
  ObserverFan observers(observer);
  Wiring wiring(in.settings, Access::read_write, observers);
  for (const auto& [account, reason] : wiring.broken()) {
    in.out.say(account + ": bỏ qua (" + reason + ")", account + ": skipped (" + reason + ")");
  }
  jobs::Engine engine(wiring.services(), wiring.waiter(), engine_options(in, wiring.clock()));
  engine.recover();
  jobs::Schedule schedule(timetable_of(in), wiring.clock().now());

  const auto plan = feed_plan(in.settings);
  MessageDesk desk(wiring);
  FeedDesk feed_desk(plan ? plan->path : "");
  const Health health(wiring, engine);
  server::http::Config http;
  http.address = in.settings.text("listen_address");
  http.port = port_of(in);
  server::http::HttpServer server(http, [&](const server::http::Request& request) {
    if (plan && request.path == FeedDesk::kPath) return feed_desk.answer(request);
    return request.path.starts_with(MessageDesk::kPath) ? desk.answer(request)
                                                        : health.answer(request);
  });
  server.start();
  Host host{wiring, engine, observers};
  control::Server commands(socket_path(in.settings),
                           [&](const control::Request& request, Sink& sink) {
                             return run_hosted(request, sink, in.settings, host);
                           });
  in.out.line("{\"listening\":\"http://" + http.address + ":" + std::to_string(server.port()) +
              "\"}");
  std::cout.flush();

  std::thread workers_thread([&] { engine.run_until_stopped(); });
  std::thread timetable_thread([&] { keep_timetable(schedule, wiring); });
  std::thread feed_thread([&] {
    if (plan) keep_feed(*plan, wiring);
  });
  while (signals.wait(kScheduleTick) == 0) continue;

  in.out.say("đang dừng, chờ việc dở dang xong", "stopping, running jobs finish first");
  engine.stop();
  wiring.waiter().stop();
  finish_or_leave(signals, [&] {
    workers_thread.join();
    timetable_thread.join();
    feed_thread.join();
    commands.stop();
  });
  server.stop(std::chrono::seconds{1});
  return exit_ok;
}

}  // namespace app
