#pragma once
// The last stage of every http_client of the house: hands the request to a Transport, so cpprest's
// own sockets are never reached. Private to this folder: cpprest's HTTP headers are heavy.
//
// What cpprest's request cannot carry (kind, repeatability, deadline) is left here by a Ticket for
// as long as the call runs. Errors: TransportFailure out of the task that propagate() returns,
// which is complete when it returns. Threads: safe. Source: cpprestsdk 2.10.18.
#ifndef _TURN_OFF_PLATFORM_STRING
#define _TURN_OFF_PLATFORM_STRING  // NOLINT: or cpprest defines a macro named U
#endif
#include <cpprest/http_client.h>

#include <chrono>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/error.h"
#include "connectors/common/transport.h"

namespace connectors::common {

class TransportFailure final : public std::exception {
 public:
  explicit TransportFailure(base::Error failure) : error(std::move(failure)) {}
  const char* what() const noexcept override { return "transport failure"; }
  base::Error error;
};

struct Call {
  std::string url;  // as asked for: cpprest drops a lone "/" behind a base path
  CallKind kind = CallKind::read;
  Repeatable repeatable = Repeatable::no;
  std::chrono::milliseconds deadline{0};
  bool handed_over = false;  // the transport was called
};

class TransportStage final : public web::http::http_pipeline_stage {
 public:
  explicit TransportStage(std::shared_ptr<Transport> transport);

  // Keeps `call` known for `request` until destroyed.
  class Ticket {
   public:
    Ticket(TransportStage& stage, const web::http::http_request& request, Call& call);
    ~Ticket();
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;

   private:
    TransportStage& stage_;
    const void* key_;
  };

  pplx::task<web::http::http_response> propagate(web::http::http_request request) override;

 private:
  Call* find(const web::http::http_request& request);

  std::shared_ptr<Transport> transport_;
  std::mutex mutex_;
  std::map<const void*, Call*> calls_;
};

// A body as cpprest holds it, and back. Memory streams only: they never wait.
concurrency::streams::istream to_stream(std::string_view bytes);
std::string from_stream(const concurrency::streams::istream& stream);

}  // namespace connectors::common
