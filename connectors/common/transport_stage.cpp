#include "connectors/common/transport_stage.h"

#include <cpprest/containerstream.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace connectors::common {

namespace {

namespace http = web::http;

bool is_wire_header(const std::string& name) {
  return name == http::header_names::content_length ||
         name == http::header_names::transfer_encoding;
}

WireRequest to_wire(const http::http_request& request, const Call& call) {
  WireRequest wire;
  wire.method = request.method();
  wire.url = call.url;
  for (const auto& [name, value] : request.headers()) {
    if (!is_wire_header(name)) wire.headers.emplace_back(name, value);
  }
  wire.body = from_stream(request.body());
  wire.kind = call.kind;
  wire.repeatable = call.repeatable;
  return wire;
}

http::http_response to_cpprest(const RestResponse& answer) {
  http::http_response response{static_cast<http::status_code>(answer.status)};
  for (const auto& [name, value] : answer.headers) response.headers().add(name, value);
  const auto size = answer.body.size();
  response._get_impl()->set_instream(to_stream(answer.body));
  response._get_impl()->_complete(size);
  return response;
}

}  // namespace

// A vector of bytes, not a string: cpprest reaches a string's buffer through a wrong cast.
concurrency::streams::istream to_stream(std::string_view bytes) {
  std::vector<std::uint8_t> copy(bytes.begin(), bytes.end());
  return concurrency::streams::container_stream<std::vector<std::uint8_t>>::open_istream(
      std::move(copy));
}

std::string from_stream(const concurrency::streams::istream& stream) {
  if (!stream.is_valid()) return {};
  auto buffer = stream.streambuf();
  std::string bytes(buffer.in_avail(), '\0');
  if (bytes.empty()) return bytes;
  auto* data = reinterpret_cast<unsigned char*>(bytes.data());  // NOLINT: cpprest's byte type
  bytes.resize(buffer.getn(data, bytes.size()).get());
  return bytes;
}

TransportStage::TransportStage(std::shared_ptr<Transport> transport)
    : transport_(std::move(transport)) {}

TransportStage::Ticket::Ticket(TransportStage& stage, const http::http_request& request, Call& call)
    : stage_(stage), key_(request._get_impl().get()) {
  const std::lock_guard lock{stage_.mutex_};
  stage_.calls_[key_] = &call;
}

TransportStage::Ticket::~Ticket() {
  const std::lock_guard lock{stage_.mutex_};
  stage_.calls_.erase(key_);
}

Call* TransportStage::find(const http::http_request& request) {
  const std::lock_guard lock{mutex_};
  const auto found = calls_.find(request._get_impl().get());
  return found == calls_.end() ? nullptr : found->second;
}

pplx::task<http::http_response> TransportStage::propagate(http::http_request request) {
  try {
    Call* call = find(request);
    if (call == nullptr) {
      throw TransportFailure{{base::ErrorCode::invalid, "a call without a ticket", {}, {}}};
    }
    const WireRequest wire = to_wire(request, *call);
    call->handed_over = true;
    const auto answer = transport_->perform(wire, call->deadline);
    if (!answer) throw TransportFailure{answer.error()};
    return pplx::task_from_result(to_cpprest(answer.value()));
  } catch (...) {
    return pplx::task_from_exception<http::http_response>(std::current_exception());
  }
}

}  // namespace connectors::common
