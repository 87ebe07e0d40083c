#pragma once
// Private to server/http: a Response as bytes, and the parts of a request target.
// Threads: pure, but for the Date header, which reads the system clock.
// Source: RFC 9110 §6.6.1 (Date), §8.6 (Content-Length), §15 (status codes).
#include <chrono>
#include <string>
#include <string_view>

#include "server/http/server.h"

namespace server::http {

enum class Connection { keep_alive, close };

// Empty when the response can be written as it is; else why it would break the connection's
// framing (a status outside 200..599, a line break or other control character in a header).
std::string_view response_fault(const Response& response);

// True when a response of this status may carry a body (204 and 304 may not).
bool may_have_body(int status);

// Status line and header, with our own Date, Content-Length and Connection; those two of the
// response's headers are left out, since they would contradict what is sent.
std::string header_bytes(const Response& response, Connection connection);

// "Tue, 24 Nov 2026 10:11:31 GMT"
std::string http_date(std::chrono::sys_seconds at);

struct TargetParts {
  std::string_view path;
  std::string_view query;
};
// "/a?b" and "http://host/a?b" both are {"/a", "b"}.
TargetParts split_target(std::string_view target);

bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace server::http
