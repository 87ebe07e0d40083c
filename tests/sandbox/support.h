#pragma once
// Calls to a channel without a wire, and a folder that is gone afterwards.
#include <cpprest/json.h>

#include <filesystem>
#include <string>

#include "sandbox/channel.h"
#include "sandbox/context.h"
#include "sandbox/credentials.h"
#include "sandbox/provincial/store.h"

namespace sandbox_test {

using Json = web::json::value;

class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const std::string& text);

server::http::Request request(const std::string& method, const std::string& target,
                              const std::string& body = "");
Json parsed(const server::http::Response& response);
// The first header of that name; "" when absent.
std::string header(const server::http::Response& response, const std::string& name);

// A provincial store and somebody who is signed in.
class Shop {
 public:
  explicit Shop(std::uint64_t seed = 7);
  sandbox::Context& context() { return context_; }
  sandbox::Channel& channel() { return *channel_; }
  const sandbox::ProvincialCredentials& credentials() const { return credentials_; }

  server::http::Response call(const std::string& method, const std::string& target,
                              const std::string& body = "");
  Json get(const std::string& target) { return parsed(call("GET", target)); }
  // One product on sale; gives its id as text.
  std::string add(const std::string& sku, std::int64_t price, std::int64_t stock);

 private:
  sandbox::Context context_;
  sandbox::ProvincialCredentials credentials_;
  std::unique_ptr<sandbox::Channel> channel_;
};

}  // namespace sandbox_test
