#include "connectors/connector.h"

namespace connectors {
namespace {

base::Error cannot(const char* what) {
  return {base::ErrorCode::rejected, std::string("this channel cannot ") + what, {}, {}};
}

}  // namespace

PushReport Connector::erase(std::span<const catalog::Binding> bindings) {
  PushReport report;
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    report.rejected.push_back({i, cannot("take a listing off for good")});
  }
  return report;
}

base::Result<OrderPage> Connector::fetch_orders(std::span<const std::string>) {
  return cannot("be asked for single orders");
}

}  // namespace connectors
