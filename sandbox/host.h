#pragma once
// The running sandbox: channels, carriers, clerks, their servers and their state.
//
//   Host host({.state = "var/sandbox"});
//   std::cout << host.start().serialize();   // the base URLs
//   host.stop();                             // drains and saves
//
// Throws std::runtime_error when the folder or a port cannot be used. Threads: one calls it.
#include <cpprest/json.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace sandbox {

struct HostSetup {
  std::filesystem::path state;
  std::uint16_t port_base = 18'080;  // 0: any free ports
  std::uint64_t seed = 1;
  std::filesystem::path faults = {};    // a fault plan; empty: none
  std::chrono::seconds clerk_every{0};  // driven time between the clerks' own rounds; 0: on demand
};

class Host {
 public:
  explicit Host(const HostSetup& setup);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  web::json::value start();
  void tick();  // lets the clerks look whether it is time
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sandbox
