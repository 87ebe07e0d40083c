#pragma once
// Publishes a batch: products with one pack many to a call, products with several one after
// another (variable_products.h). Answers are matched by position; every answered value is compared
// with the one sent, because the store takes nonsense without a word. Private to this folder.
// Errors: as Connector::publish. Threads: one.
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "connectors/provincial/batch_size.h"
#include "connectors/provincial/reads.h"
#include "connectors/provincial/terms.h"
#include "connectors/provincial/variable_products.h"

namespace connectors::provincial {

class Products {
 public:
  Products(Client& client, Reads& reads, Terms& terms)
      : client_(client), reads_(reads), terms_(terms), variable_(client, reads) {}

  PublishReport publish(std::span<const ListingContent> batch);
  std::size_t batch_max() const { return contents_.items(); }

 private:
  using Wanted = VariableProducts::Pack;
  using Wants = std::vector<Wanted>;

  // What can be sent, with the store's numbers in place of names.
  base::Status prepare(std::span<const ListingContent> batch, PublishReport& report, Wants& wants);
  base::Result<Pictures> pictures_of(const ListingContent& content) const;
  // Packs that go alone are taken out of `wants`; the rest is one list for each product.
  std::vector<Wants> split(Wants& wants) const;
  void create(PublishReport& report, std::span<const Wanted> wanted);
  // Those that turn out to be products with variations by now are left in `variable`.
  void update(PublishReport& report, std::span<Wanted> wanted, std::vector<Wants>& variable);
  void send(PublishReport& report, const std::string& list, std::span<const Wanted> wanted,
            std::vector<common::Json> elements);
  static bool settle(PublishReport& report, const Wanted& wanted, const common::Json& answer);

  Client& client_;
  Reads& reads_;
  Terms& terms_;
  VariableProducts variable_;
  std::vector<ListingContent> contents_sent_;  // of the batch at work
  BatchSize contents_{20};
};

}  // namespace connectors::provincial
