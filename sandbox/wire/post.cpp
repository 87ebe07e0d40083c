#include "sandbox/wire/post.h"

#include <curl/curl.h>

#include <memory>

namespace sandbox::wire {
namespace {

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

void prepare_library() {
  static const CURLcode kReady = curl_global_init(CURL_GLOBAL_ALL);
  (void)kReady;
}

std::size_t keep(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  const auto length = size * count;
  if (body.size() + length > kAnswerBytesMax) return 0;  // curl gives up: the answer is too long
  body.append(bytes, length);
  return length;
}

List header_list(const Headers& headers) {
  List list(nullptr, curl_slist_free_all);
  const auto append = [&list](const std::string& line) {
    auto* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) return;
    (void)list.release();
    list.reset(longer);
  };
  append("Expect:");  // the body goes out at once
  for (const auto& [name, value] : headers) append(name + ": " + value);
  return list;
}

}  // namespace

Answer post(const Letter& letter) {
  prepare_library();
  Answer answer;
  const Handle curl(curl_easy_init(), curl_easy_cleanup);
  if (curl == nullptr) return {.status = 0, .body = {}, .problem = "out of memory"};
  const auto headers = header_list(letter.headers);
  curl_easy_setopt(curl.get(), CURLOPT_URL, letter.url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(letter.answer_within.count()));
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_POST, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, letter.body.data());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(letter.body.size()));
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, keep);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
  const auto outcome = curl_easy_perform(curl.get());
  if (outcome != CURLE_OK) {
    answer.problem = curl_easy_strerror(outcome);
    return answer;
  }
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  return answer;
}

}  // namespace sandbox::wire
