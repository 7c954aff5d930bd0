// SPDX-License-Identifier: MIT

#include "jobs/peer_cache.h"

#include "com/registry.h"
#include "jobs/marshal.h"
#include "jobs/rows.h"

namespace dosvc::jobs {

using abi::IBitsPeer;
using abi::IBitsPeerCacheAdministration;
using abi::IBitsPeerCacheRecord;
using com::Empty;
using com::Nothing;
using com::OutArray;
using com::Row;

// From BITS 4.0 on there is no peer cache: all of its methods answer S_FALSE, without an enumerator
// or a record.
constexpr HRESULT kNoPeerCache = S_FALSE;

void AddPeerCacheRows(com::Registry& registry) {
  registry.Add<IBitsPeerCacheRecord>(
      "IBitsPeerCacheRecord",
      {
          Row<&IBitsPeerCacheRecord::GetId>("GetId"),
          Row<&IBitsPeerCacheRecord::GetOriginUrl>("GetOriginUrl"),
          Row<&IBitsPeerCacheRecord::GetFileSize>("GetFileSize"),
          Row<&IBitsPeerCacheRecord::GetFileModificationTime>("GetFileModificationTime"),
          Row<&IBitsPeerCacheRecord::GetLastAccessTime>("GetLastAccessTime"),
          Row<&IBitsPeerCacheRecord::IsFileValidated>("IsFileValidated"),
          Row<&IBitsPeerCacheRecord::GetFileRanges, OutArray<0, 1>>("GetFileRanges"),
      });
  registry.Add<IBitsPeer>("IBitsPeer",
                          {
                              Row<&IBitsPeer::GetPeerName>("GetPeerName"),
                              Row<&IBitsPeer::IsAuthenticated>("IsAuthenticated"),
                              Row<&IBitsPeer::IsAvailable>("IsAvailable"),
                          });
  registry.Add<IBitsPeerCacheAdministration>(
      "IBitsPeerCacheAdministration",
      {
          Row<&IBitsPeerCacheAdministration::GetMaximumCacheSize>("GetMaximumCacheSize"),
          Row<&IBitsPeerCacheAdministration::SetMaximumCacheSize>("SetMaximumCacheSize"),
          Row<&IBitsPeerCacheAdministration::GetMaximumContentAge>("GetMaximumContentAge"),
          Row<&IBitsPeerCacheAdministration::SetMaximumContentAge>("SetMaximumContentAge"),
          Row<&IBitsPeerCacheAdministration::GetConfigurationFlags>("GetConfigurationFlags"),
          Row<&IBitsPeerCacheAdministration::SetConfigurationFlags>("SetConfigurationFlags"),
          Row<&IBitsPeerCacheAdministration::EnumRecords, Empty<kNoPeerCache>>("EnumRecords"),
          Row<&IBitsPeerCacheAdministration::GetRecord, Nothing<kNoPeerCache>>("GetRecord"),
          Row<&IBitsPeerCacheAdministration::ClearRecords>("ClearRecords"),
          Row<&IBitsPeerCacheAdministration::DeleteRecord>("DeleteRecord"),
          Row<&IBitsPeerCacheAdministration::DeleteUrl>("DeleteUrl"),
          Row<&IBitsPeerCacheAdministration::EnumPeers, Empty<kNoPeerCache>>("EnumPeers"),
          Row<&IBitsPeerCacheAdministration::ClearPeers>("ClearPeers"),
          Row<&IBitsPeerCacheAdministration::DiscoverPeers>("DiscoverPeers"),
      });
}

}  // namespace dosvc::jobs
