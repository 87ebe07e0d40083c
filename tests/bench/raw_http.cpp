#include "tests/bench/raw_http.h"

#include <curl/curl.h>

#include <memory>
#include <stdexcept>

#include "tests/bench/pairs.h"

namespace bench {
namespace {

std::size_t keep(char* bytes, std::size_t size, std::size_t count, void* into) {
  static_cast<std::string*>(into)->append(bytes, size * count);
  return size * count;
}

}  // namespace

std::vector<std::int64_t> post_all(std::uint16_t port, const std::vector<Post>& posts) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(
      curl_slist_append(nullptr, "Content-Type: application/x-www-form-urlencoded"),
      curl_slist_free_all);
  const std::string root = "http://127.0.0.1:" + std::to_string(port);
  std::string answer;
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, keep);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer);
  std::vector<std::int64_t> sent_ns;
  for (const auto& post : posts) {
    answer.clear();
    const std::string url = root + post.target;
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, post.body.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(post.body.size()));
    sent_ns.push_back(monotonic_ns());
    const auto result = curl_easy_perform(curl.get());
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    if (result != CURLE_OK || status != 200) throw std::runtime_error("a bare POST failed");
  }
  return sent_ns;
}

}  // namespace bench
