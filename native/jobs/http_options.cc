// SPDX-License-Identifier: MIT

#include "jobs/http_options.h"

#include "com/registry.h"
#include "jobs/callback.h"
#include "jobs/rows.h"

namespace dosvc::jobs {

using abi::IBackgroundCopyJobHttpOptions;
using abi::IBackgroundCopyJobHttpOptions2;
using abi::IBackgroundCopyJobHttpOptions3;
using abi::IBackgroundCopyServerCertificateValidationCallback;
using com::Fixed;
using com::Opt;
using com::Row;
using com::Sink;

void AddHttpOptionsRows(com::Registry& registry) {
  registry.Add<IBackgroundCopyJobHttpOptions>(
      "IBackgroundCopyJobHttpOptions",
      {
          Row<&IBackgroundCopyJobHttpOptions::SetClientCertificateByID, Fixed<2, 20>>(
              "SetClientCertificateByID"),
          Row<&IBackgroundCopyJobHttpOptions::SetClientCertificateByName>(
              "SetClientCertificateByName"),
          Row<&IBackgroundCopyJobHttpOptions::RemoveClientCertificate>("RemoveClientCertificate"),
          Row<&IBackgroundCopyJobHttpOptions::GetClientCertificate, Fixed<2, 20>>(
              "GetClientCertificate"),
          Row<&IBackgroundCopyJobHttpOptions::SetCustomHeaders, Opt<0>>("SetCustomHeaders"),
          Row<&IBackgroundCopyJobHttpOptions::GetCustomHeaders>("GetCustomHeaders"),
          Row<&IBackgroundCopyJobHttpOptions::SetSecurityFlags>("SetSecurityFlags"),
          Row<&IBackgroundCopyJobHttpOptions::GetSecurityFlags>("GetSecurityFlags"),
      });
  registry.Add<IBackgroundCopyJobHttpOptions2>(
      "IBackgroundCopyJobHttpOptions2",
      {
          Row<&IBackgroundCopyJobHttpOptions2::SetHttpMethod>("SetHttpMethod"),
          Row<&IBackgroundCopyJobHttpOptions2::GetHttpMethod>("GetHttpMethod"),
      });
  registry.Add<IBackgroundCopyJobHttpOptions3>(
      "IBackgroundCopyJobHttpOptions3",
      {
          Row<&IBackgroundCopyJobHttpOptions3::SetServerCertificateValidationInterface,
              Sink<0, IBackgroundCopyServerCertificateValidationCallback>>(
              "SetServerCertificateValidationInterface"),
          Row<&IBackgroundCopyJobHttpOptions3::MakeCustomHeadersWriteOnly>(
              "MakeCustomHeadersWriteOnly"),
      });
}

}  // namespace dosvc::jobs
