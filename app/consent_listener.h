#pragma once
// Waits on this machine for the browser that comes back from a channel's consent page.
//
//   ConsentListener listener(0);              // any free port; listens on 127.0.0.1 alone
//   open(listener.redirect());                // "http://127.0.0.1:41234/nongsan/<nonce>"
//   auto query = listener.wait(300s);         // "code=…&shop_id=…"; nothing: nobody came
//
// Only the address with this run's nonce is taken, once; whoever guesses at others gets a 404 and
// changes nothing. The page that the browser shows is plain and holds nothing of the answer.
// Errors: the constructor throws std::runtime_error when the port is taken. Threads: wait from one.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "server/http/server.h"

namespace app {

class ConsentListener {
 public:
  explicit ConsentListener(std::uint16_t port);
  ~ConsentListener();

  std::string redirect() const;
  std::optional<std::string> wait(std::chrono::milliseconds patience);

 private:
  server::http::Response answer(const server::http::Request& request);

  const std::string path_;  // with the nonce
  std::mutex mutex_;
  std::condition_variable came_;
  std::optional<std::string> query_;
  std::unique_ptr<server::http::HttpServer> server_;
};

}  // namespace app
