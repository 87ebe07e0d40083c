#include "tests/sandbox/support.h"

#include <cpprest/asyncrt_utils.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace sandbox_test {

namespace fs = std::filesystem;

Folder::Folder() {
  auto pattern = (fs::temp_directory_path() / "nongsan-sandbox-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no scratch folder");
  path_ = pattern;
}

Folder::~Folder() {
  fs::remove_all(path_);
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void write_file(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
}

server::http::Request request(const std::string& method, const std::string& target,
                              const std::string& body) {
  server::http::Request out;
  out.method = method;
  out.target = target;
  const auto mark = target.find('?');
  out.path = target.substr(0, mark);
  out.query = mark == std::string::npos ? "" : target.substr(mark + 1);
  out.headers = {{"Host", "127.0.0.1:18081"}};
  out.body = body;
  return out;
}

Json parsed(const server::http::Response& response) {
  return Json::parse(response.body);
}

std::string header(const server::http::Response& response, const std::string& name) {
  for (const auto& [key, text] : response.headers) {
    if (key == name) return text;
  }
  return {};
}

Shop::Shop(std::uint64_t seed)
    : context_(seed),
      credentials_(sandbox::make_credentials(context_.dice).provincial),
      channel_(sandbox::make_provincial(context_, credentials_)) {}

server::http::Response Shop::call(const std::string& method, const std::string& target,
                                  const std::string& body) {
  auto wanted = request(method, target, body);
  const auto pair = credentials_.consumer_key + ":" + credentials_.consumer_secret;
  wanted.headers.emplace_back(
      "Authorization", "Basic " + utility::conversions::to_base64({pair.begin(), pair.end()}));
  return channel_->handle(wanted);
}

std::string Shop::add(const std::string& sku, std::int64_t price, std::int64_t stock) {
  Json wanted;
  wanted["name"] = Json::string("Hàng " + sku);
  wanted["sku"] = Json::string(sku);
  wanted["regular_price"] = Json::string(std::to_string(price));
  wanted["manage_stock"] = Json::boolean(true);
  wanted["stock_quantity"] = Json::number(stock);
  const auto made = call("POST", "/wp-json/wc/v3/products", wanted.serialize());
  return parsed(made).at("id").serialize();
}

}  // namespace sandbox_test
