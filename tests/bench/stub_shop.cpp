#include "tests/bench/stub_shop.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <mutex>
#include <sstream>
#include <stdexcept>

#include "server/http/server.h"
#include "tests/bench/pairs.h"

namespace bench {
namespace {

constexpr std::chrono::seconds kStopGrace{5};
constexpr std::size_t kBlockBytes = 64 * 1024;
constexpr const char* kAnswer =
    R"({"code":"0","data":{},"request_id":"0ba2887315178178017221014"})";

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto wrote = ::write(descriptor, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

std::string read_all(int descriptor) {
  std::string out;
  std::string block(kBlockBytes, '\0');
  for (;;) {
    const auto got = ::read(descriptor, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return out;
    out.append(block, 0, static_cast<std::size_t>(got));
  }
}

std::string one_line(int descriptor) {
  std::string out;
  char c = 0;
  while (::read(descriptor, &c, 1) == 1 && c != '\n') out += c;
  return out;
}

// The shop's own process: serves until the control pipe closes, then tells all it kept.
[[noreturn]] void keep_shop(int control, int told, std::chrono::milliseconds answers_after) {
  std::mutex mutex;
  std::vector<ShopRecord::Call> calls;
  server::http::Config config;
  config.limits.requests_per_connection_max = 1'000'000;
  server::http::HttpServer http(config, [&](const server::http::Request& request) {
    const auto now = monotonic_ns();
    {
      const std::lock_guard lock(mutex);
      calls.push_back({now, request.target, request.body});
    }
    server::http::Response response;
    response.body = kAnswer;
    response.delay = answers_after;
    return response;
  });
  http.start();
  write_all(told, std::to_string(http.port()) + "\n");
  char byte = 0;
  while (::read(control, &byte, 1) < 0 && errno == EINTR) continue;
  http.stop(kStopGrace);
  std::string all;
  for (const auto& call : calls) {
    all += std::to_string(call.arrived_ns) + "\t" + call.target + "\t" + call.body + "\n";
  }
  write_all(told, all);
  ::_exit(0);
}

std::string_view between(std::string_view text, std::string_view from, std::string_view to) {
  const auto begin = text.find(from);
  if (begin == std::string_view::npos) return {};
  const auto end = text.find(to, begin + from.size());
  if (end == std::string_view::npos) return {};
  return text.substr(begin + from.size(), end - begin - from.size());
}

// Stock levels as a shop understands the call: `update` sets, `adjust` adds.
void apply(const ShopRecord::Call& call, std::map<std::string, ShopRecord::Shown>& stock) {
  const bool adds = call.target.find("/stock/sellable/adjust") != std::string::npos;
  for (const auto& [name, payload] : server::http::parse_query(call.body)) {
    if (name != "payload") continue;
    std::string_view rest = payload;
    for (auto at = rest.find("<Sku>"); at != std::string_view::npos; at = rest.find("<Sku>")) {
      rest.remove_prefix(at);
      const auto sku = between(rest, "<Sku>", "</Sku>");
      const auto quantity =
          std::stoll(std::string(between(sku, "<SellableQuantity>", "</SellableQuantity>")));
      auto& shown = stock[std::string(between(sku, "<SkuId>", "</SkuId>"))];
      shown.quantity = adds ? shown.quantity + quantity : quantity;
      if (shown.times++ == 0) shown.first_ns = call.arrived_ns;
      shown.last_ns = call.arrived_ns;
      rest.remove_prefix(sku.size());
    }
  }
}

}  // namespace

StubShop::StubShop(std::chrono::milliseconds answers_after) {
  std::array<int, 2> control{};
  std::array<int, 2> told{};
  if (::pipe(control.data()) != 0 || ::pipe(told.data()) != 0) {
    throw std::runtime_error("no pipe for the shop");
  }
  std::fflush(nullptr);
  child_ = ::fork();
  if (child_ < 0) throw std::runtime_error("cannot fork the shop");
  if (child_ == 0) {
    ::close(control[1]);
    ::close(told[0]);
    try {
      keep_shop(control[0], told[1], answers_after);
    } catch (const std::exception&) {
      ::_exit(1);
    }
  }
  ::close(control[0]);
  ::close(told[1]);
  control_ = control[1];
  told_ = told[0];
  const auto port = one_line(told_);
  if (port.empty()) throw std::runtime_error("the shop did not open");
  port_ = static_cast<std::uint16_t>(std::stoi(port));
}

StubShop::~StubShop() {
  if (child_ > 0) close();
}

ShopRecord StubShop::close() {
  ::close(control_);
  std::istringstream told(read_all(told_));
  ::close(told_);
  int status = 0;
  while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) continue;
  child_ = -1;
  ShopRecord out;
  std::string line;
  while (std::getline(told, line)) {
    const auto first = line.find('\t');
    const auto second = line.find('\t', first + 1);
    if (second == std::string::npos) continue;
    out.calls.push_back({std::stoll(line.substr(0, first)),
                         line.substr(first + 1, second - first - 1), line.substr(second + 1)});
  }
  std::stable_sort(out.calls.begin(), out.calls.end(),
                   [](const auto& a, const auto& b) { return a.arrived_ns < b.arrived_ns; });
  for (const auto& call : out.calls) apply(call, out.stock);
  return out;
}

}  // namespace bench
