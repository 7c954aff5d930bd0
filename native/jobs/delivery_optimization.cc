// SPDX-License-Identifier: MIT

#include "jobs/delivery_optimization.h"

#include "com/registry.h"
#include "jobs/marshal.h"
#include "jobs/rows.h"

namespace dosvc::jobs {

using abi::IDeliveryOptimizationFile;
using abi::IDeliveryOptimizationFile2;
using abi::IDeliveryOptimizationJob;
using abi::IDeliveryOptimizationJob2;
using com::InArray;
using com::OutAs;
using com::Row;

void AddDeliveryOptimizationRows(com::Registry& registry) {
  registry.Add<IDeliveryOptimizationJob>(
      "IDeliveryOptimizationJob",
      {
          Row<&IDeliveryOptimizationJob::AddFileWithRanges, InArray<3, 4>>("AddFileWithRanges"),
      });
  registry.Add<IDeliveryOptimizationJob2>(
      "IDeliveryOptimizationJob2",
      {
          Row<&IDeliveryOptimizationJob2::AddFile,
              InArray<2, 3>,
              OutAs<4, 5, IDeliveryOptimizationFile>>("AddFile"),
          Row<&IDeliveryOptimizationJob2::GetProperty>("GetProperty"),
          Row<&IDeliveryOptimizationJob2::SetProperty>("SetProperty"),
      });
  registry.Add<IDeliveryOptimizationFile2>(
      "IDeliveryOptimizationFile2",
      {
          Row<&IDeliveryOptimizationFile2::GetProperty>("GetProperty"),
          Row<&IDeliveryOptimizationFile2::SetProperty>("SetProperty"),
      });
}

}  // namespace dosvc::jobs
