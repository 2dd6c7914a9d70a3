// Holds CloudFormation templates against AWS Solutions' rules (cdk-nag): check-templates.mjs TEMPLATE…
// Writes what it finds as one line of JSON: [{template, resource, rule, description}]. What may be is decided by tests/ResponseKit.Infra.Tests/Nag.
import { basename } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { CfnInclude } from "aws-cdk-lib/cloudformation-include";
import { AwsSolutionsChecks } from "cdk-nag";

const found = [];
for (const file of process.argv.slice(2)) {
  const stack = new Stack(new App(), "Checked");
  new CfnInclude(stack, "Template", { templateFile: file });
  for (const violation of new AwsSolutionsChecks().validateScope(stack).violations) {
    for (const { constructPath } of violation.violatingResources) {
      const { ruleName: rule, description } = violation;
      found.push({ template: basename(file, ".template.json"), resource: constructPath.split("/").at(-1), rule, description });
    }
  }
}
console.log(JSON.stringify(found));
