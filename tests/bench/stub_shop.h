#pragma once
// A shop on loopback in a process of its own: answers every POST as Lazada does when all went well,
// after the time it is told to take, and keeps what came, when, and what it makes of the stock. It
// works the stock out for itself from the bodies' XML, after the measurement.
//
//   StubShop shop(20ms);                         // before any thread of ours
//   ... POST to http://127.0.0.1:<shop.port()>/...
//   const auto record = shop.close();
//
// Errors: std::runtime_error. Threads: one.
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bench {

struct ShopRecord {
  struct Call {
    std::int64_t arrived_ns = 0;  // monotonic_ns() when the whole request was there
    std::string target;
    std::string body;
  };
  struct Shown {
    std::int64_t quantity = 0;
    std::int64_t first_ns = 0;
    std::int64_t last_ns = 0;
    int times = 0;
  };
  std::vector<Call> calls;             // in order of arrival
  std::map<std::string, Shown> stock;  // by SkuId
};

class StubShop {
 public:
  explicit StubShop(std::chrono::milliseconds answers_after);
  ~StubShop();
  StubShop(const StubShop&) = delete;
  StubShop& operator=(const StubShop&) = delete;

  std::uint16_t port() const { return port_; }
  // Stops the shop and reads what it kept.
  ShopRecord close();

 private:
  int child_ = -1;
  int control_ = -1;  // closing it ends the shop
  int told_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace bench
