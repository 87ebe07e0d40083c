#include "connectors/common/curl_exchange.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "connectors/common/rest_errors.h"

namespace connectors::common {

namespace {

using base::Error;
using base::ErrorCode;
using std::chrono::milliseconds;

constexpr milliseconds kConnectMax = std::chrono::seconds{15};
constexpr std::size_t kDetailMax = 200;

// Before the request could leave: what is ours to mend, and what is worth another try.
ErrorCode code_before_request(CURLcode code) {
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_BAD_FUNCTION_ARGUMENT:
    case CURLE_UNKNOWN_OPTION:
      return ErrorCode::invalid;
    default:
      return ErrorCode::unavailable;
  }
}

bool is_broken_connection(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_COULDNT_CONNECT:
      return true;
    default:
      return false;
  }
}

bool is_tls(CURLcode code) {
  return code == CURLE_SSL_CONNECT_ERROR || code == CURLE_PEER_FAILED_VERIFICATION ||
         code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_CIPHER ||
         code == CURLE_SSL_ISSUER_ERROR || code == CURLE_SSL_INVALIDCERTSTATUS;
}

// libcurl 7.88 reports a malformed chunk as a receive error; only its text tells them apart.
bool is_bad_chunk(CURLcode code, std::string_view message) {
  return code == CURLE_RECV_ERROR && message.find("hunk") != std::string_view::npos;
}

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kDetailMax)) out += c >= ' ' && c <= '~' ? c : '?';
  return out;
}

}  // namespace

CurlExchange::CurlExchange(CURL* handle, const CurlConfig& config, const WireRequest& request)
    : handle_(handle), config_(config), request_(request) {}

base::Result<RestResponse> CurlExchange::run(milliseconds deadline) {
  set_wire(deadline);
  set_request();
  if (!set_headers()) {
    return Error{ErrorCode::unavailable, "out of memory before the request", {}, {}};
  }
  CURLcode code = curl_easy_perform(handle_);
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_reset(handle_);  // forgets our pointers, keeps the connection

  // libcurl is content with headers that break off, and with an interim reply alone.
  if (code == CURLE_OK && (!headers_ended_ || status < 200)) code = CURLE_PARTIAL_FILE;
  if (code != CURLE_OK) return conclude(code);
  response_.status = static_cast<int>(status);
  return std::move(response_);
}

void CurlExchange::set_wire(milliseconds deadline) {
  const auto limit = std::max<milliseconds>(deadline, milliseconds{1});
  const auto set = [this](CURLoption option, auto value) {
    curl_easy_setopt(handle_, option, value);
  };
  set(CURLOPT_ERRORBUFFER, message_.data());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // a name lookup that hangs must not outlive the deadline
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(limit.count()));
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(limit, kConnectMax).count()));
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!config_.ca_file.empty()) {
    set(CURLOPT_CAINFO, config_.ca_file.c_str());
    set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  set(CURLOPT_PROXY, config_.proxy.c_str());  // "" overrules the environment
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_MAXCONNECTS, 1L);
  set(CURLOPT_MAXFILESIZE_LARGE,
      static_cast<curl_off_t>(std::max<std::size_t>(config_.response_bytes_max, 1)));
  set(CURLOPT_WRITEFUNCTION, &CurlExchange::on_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(CURLOPT_HEADERFUNCTION, &CurlExchange::on_header);
  set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(CURLOPT_PREREQFUNCTION, &CurlExchange::on_request);
  set(CURLOPT_PREREQDATA, static_cast<void*>(this));
}

void CurlExchange::set_request() {
  const auto set = [this](CURLoption option, auto value) {
    curl_easy_setopt(handle_, option, value);
  };
  set(CURLOPT_URL, request_.url.c_str());
  set(CURLOPT_PATH_AS_IS, 1L);  // a signature covers these very bytes
  if (request_.repeatable == Repeatable::no) {
    set(CURLOPT_FRESH_CONNECT, 1L);
    set(CURLOPT_FORBID_REUSE, 1L);
  }
  if (request_.method == "HEAD") {
    set(CURLOPT_NOBODY, 1L);
    return;
  }
  const bool has_body = !request_.body.empty() || request_.method == "POST" ||
                        request_.method == "PUT" || request_.method == "PATCH";
  if (has_body) {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    set(CURLOPT_POSTFIELDS, request_.body.data());
  }
  set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

bool CurlExchange::set_headers() {
  const auto append = [this](const std::string& line) {
    curl_slist* longer = curl_slist_append(header_list_.get(), line.c_str());
    if (longer == nullptr) return false;
    (void)header_list_.release();
    header_list_.reset(longer);
    return true;
  };
  // No 100-continue dance: it would send a large body twice after a 417.
  bool ok = append("Expect:");
  for (const auto& [name, value] : request_.headers) {
    std::string line = name;
    line += value.empty() ? ";" : ": ";
    line += value;
    ok = ok && append(line);
  }
  if (!find_header(request_.headers, "Content-Type")) ok = ok && append("Content-Type:");
  curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, header_list_.get());
  return ok;
}

std::size_t CurlExchange::on_body(char* data, std::size_t unit, std::size_t count,
                                  void* self) noexcept {
  auto& exchange = *static_cast<CurlExchange*>(self);
  const std::size_t size = unit * count;
  if (size > exchange.config_.response_bytes_max - exchange.response_.body.size()) {
    exchange.overrun_ = Overrun::body;
    return CURL_WRITEFUNC_ERROR;
  }
  try {
    exchange.response_.body.append(data, size);
    return size;
  } catch (...) {
    exchange.overrun_ = Overrun::memory;
    return CURL_WRITEFUNC_ERROR;
  }
}

std::size_t CurlExchange::on_header(char* data, std::size_t unit, std::size_t count,
                                    void* self) noexcept {
  auto& exchange = *static_cast<CurlExchange*>(self);
  const std::size_t size = unit * count;
  try {
    return exchange.take_header({data, size}) ? size : CURL_WRITEFUNC_ERROR;
  } catch (...) {
    exchange.overrun_ = Overrun::memory;
    return CURL_WRITEFUNC_ERROR;
  }
}

bool CurlExchange::take_header(std::string_view line) {
  header_bytes_ += line.size();
  ++headers_;
  if (header_bytes_ > kHeaderBytesMax || headers_ > kHeadersMax) {
    overrun_ = Overrun::headers;
    return false;
  }
  if (line.starts_with("HTTP/")) {  // the final status after a 1xx starts anew
    response_.headers.clear();
    headers_ended_ = false;
    return true;
  }
  if (base::trim(line).empty()) headers_ended_ = true;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return true;
  response_.headers.emplace_back(base::trim(line.substr(0, colon)),
                                 base::trim(line.substr(colon + 1)));
  return true;
}

int CurlExchange::on_request(void* self, char*, char*, int, int) noexcept {
  static_cast<CurlExchange*>(self)->started_ = true;
  return CURL_PREREQFUNC_OK;
}

Error CurlExchange::conclude(CURLcode code) const {
  const std::string message =
      request_.method + ' ' + without_secrets(request_.url) + ": " + detail(code);
  if (!started_) return {code_before_request(code), message, {}, {}};
  if (request_.repeatable == Repeatable::no) {
    return {ErrorCode::unknown_outcome, message, {}, {}};
  }
  const bool broken =
      overrun_ == Overrun::memory || (overrun_ == Overrun::none && is_broken_connection(code) &&
                                      !is_bad_chunk(code, message_.data()));
  return {broken ? ErrorCode::unavailable : ErrorCode::protocol, message, {}, {}};
}

std::string CurlExchange::detail(CURLcode code) const {
  if (overrun_ == Overrun::body || code == CURLE_FILESIZE_EXCEEDED) {
    return "the answer is larger than " + std::to_string(config_.response_bytes_max) + " bytes";
  }
  if (overrun_ == Overrun::headers) return "the answer's headers are too large or too many";
  if (overrun_ == Overrun::memory) return "out of memory while reading the answer";
  if (code == CURLE_PARTIAL_FILE) return "the answer was cut short";
  const std::string_view text = message_.data();
  std::string reason = printable(text.empty() ? curl_easy_strerror(code) : text);
  if (is_tls(code)) return "TLS failed: " + reason;
  if (is_bad_chunk(code, text)) return "malformed HTTP: " + reason;
  return reason;
}

}  // namespace connectors::common
