#pragma once
// The store's categories and tags by number, slug or name; those that are missing are made where
// the account's options allow it. Read once and kept; read again when a name is not found.
// Errors: `rejected` with a plain reason for a category that is not there; else Client's.
// Threads: one. Source: WooCommerce REST API v3, "Product categories", "Product tags".
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "connectors/provincial/client.h"

namespace connectors::provincial {

struct Term {
  std::int64_t id = 0;
  std::string name;
  std::string slug;
};

// Where the chosen goods are gathered.
struct Collection {
  bool is_tag = true;  // else a category
  std::int64_t id = 0;
};

class Terms {
 public:
  explicit Terms(Client& client) : client_(client) {}

  // The number of the category that a map names. A number is taken as it is: what the store made of
  // it is compared after a write.
  base::Result<std::string> category(const std::string& named);
  // Nothing: the account gathers its chosen goods nowhere.
  base::Result<std::optional<Collection>> collection();

  base::Result<std::vector<Term>> categories();

 private:
  enum class Kind { category, tag };
  enum class Missing { refuse, make };

  base::Result<std::int64_t> number_of(Kind kind, const std::string& named, Missing missing);
  base::Result<std::int64_t> make(Kind kind, const std::string& name);
  base::Result<std::vector<Term>> read(Kind kind);

  Client& client_;
  std::optional<std::vector<Term>> known_[2];
  std::optional<Collection> collection_;
};

// By number, slug, or name without regard to capitals and accents.
const Term* term_named(const std::vector<Term>& terms, const std::string& named);

}  // namespace connectors::provincial
