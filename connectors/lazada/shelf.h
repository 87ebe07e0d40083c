#pragma once
// What the shop shows, and taking things off it for good. Reads never write, except erase().
// Errors: what the calls said; a listing that is gone is left out, or counts as erased.
// Threads: one.
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/lazada/client.h"

namespace connectors::lazada {

inline constexpr std::size_t kReadBatchMax = 50;
inline constexpr std::size_t kSingleReadsMax = 10;     // more items are found by walking the list
inline constexpr std::size_t kListOffsetMax = 10'000;  // Lazada serves no further
inline constexpr std::size_t kRemoveMax = 50;          // SKUs per product/remove

class Shelf {
 public:
  explicit Shelf(Client& client) : client_(client) {}

  base::Result<std::vector<RemoteListing>> read(std::span<const catalog::Binding> bindings);
  base::Result<ListingPage> list(const std::string& page_cursor);
  base::Result<std::optional<RemoteListing>> find(const catalog::Sku& sku);
  PushReport erase(std::span<const catalog::Binding> bindings);

 private:
  struct Named {
    std::size_t index = 0;
    std::string name;  // "SkuId_<item>_<sku>"
  };
  base::Status sweep(std::vector<std::string>& missing, std::vector<RemoteListing>& found);
  base::Result<std::vector<Named>> names_of(std::span<const catalog::Binding> bindings);
  base::Status remove(std::span<const Named> names, std::vector<Rejection>& refused);

  Client& client_;
};

}  // namespace connectors::lazada
