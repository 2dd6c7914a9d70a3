What runbooks name, and the commands that make it in the emulated account. The last word that the commands print takes the name's place in the runbook.
Rows may use what is made in rows further up.

#: ci-bot
aws iam create-user --user-name ci-bot

#: AKIAIOSFODNN7EXAMPLE
aws iam create-access-key --user-name ci-bot --query AccessKey.AccessKeyId --output text

#: ACCAIOSFODNN7EXAMPLE
aws iam create-service-specific-credential --user-name ci-bot --service-name codecommit.amazonaws.com --query ServiceSpecificCredential.ServiceSpecificCredentialId --output text

#: APKAIOSFODNN7EXAMPLE
aws iam upload-ssh-public-key --user-name ci-bot --ssh-public-key-body 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7' --query SSHPublicKey.SSHPublicKeyId --output text

#: TA7SMP42TDN5Z26OBPJE7EXAMPLE
cat > signing.pem <<'PEM'
-----BEGIN CERTIFICATE-----
MIIBejCCAR+gAwIBAgIUCPihnmV9EEqlrVtlplJafDd9c5QwCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGY2ktYm90MCAXDTI2MTEzMDE1NDc0N1oYDzIxMjYxMTA2MTU0
NzQ3WjARMQ8wDQYDVQQDDAZjaS1ib3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AAQm9Z56SH1NhNejLZxN9iaQiA4Rf76NjByf7riRIZNuzDCSjn78gk0hEvILJqfS
bGXKWyT5Zk4FewWsVoydPa8Qo1MwUTAdBgNVHQ4EFgQUKJbyrHuC3S7S2uhxZpW0
GlqFIbgwHwYDVR0jBBgwFoAUKJbyrHuC3S7S2uhxZpW0GlqFIbgwDwYDVR0TAQH/
BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAsTqFxTjlm95NjUt3QLKEq+HGdRr6
Dhh+/uZlNKnTSLwCIQDRb8m031ptuuWVVEkUZ/v6nR4XSbtMI+qEZfw/7fpSeQ==
-----END CERTIFICATE-----
PEM
aws iam upload-signing-certificate --user-name ci-bot --certificate-body file://signing.pem --query Certificate.CertificateId --output text

#: delete-login-profile
aws iam create-login-profile --user-name ci-bot --password 'Correct-Horse-1'

#: worker
aws iam create-role --role-name worker --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}'

#: deploy
aws iam create-role --role-name deploy --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::777788889999:root"},"Action":"sts:AssumeRole"}]}'

#: trust-before.json
echo '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}' > trust-before.json

#: policy/web
aws iam create-policy --policy-name web --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}'
for version in 2 3; do aws iam create-policy-version --policy-arn arn:aws:iam::111122223333:policy/web --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'; done

#: web-asg
aws ec2 create-launch-template --launch-template-name web --launch-template-data ImageId=ami-12c6146b,InstanceType=t3.small
aws autoscaling create-auto-scaling-group --auto-scaling-group-name web-asg --launch-template LaunchTemplateName=web --min-size 1 --max-size 2 --availability-zones us-east-1a

#: subnet-0a1b2c3d
aws ec2 describe-subnets --query 'Subnets[0].SubnetId' --output text

#: i-0123456789abcdef0
aws ec2 run-instances --image-id ami-12c6146b --instance-type g5.12xlarge --count 1 --disable-api-termination --query 'Instances[0].InstanceId' --output text

#: miner-asg
aws autoscaling create-launch-configuration --launch-configuration-name miner --image-id ami-12c6146b --instance-type c5.large
aws autoscaling create-auto-scaling-group --auto-scaling-group-name miner-asg --launch-configuration-name miner --min-size 2 --max-size 9 --vpc-zone-identifier subnet-0a1b2c3d
aws autoscaling put-lifecycle-hook --auto-scaling-group-name miner-asg --lifecycle-hook-name wait --lifecycle-transition autoscaling:EC2_INSTANCE_TERMINATING

#: miner-cluster
aws ecs create-cluster --cluster-name miner-cluster
aws ecs register-task-definition --family miner --requires-compatibilities FARGATE --network-mode awsvpc --cpu 16384 --memory 32768 --container-definitions '[{"name":"m","image":"x/y"}]'
aws ecs create-service --cluster miner-cluster --service-name miners --task-definition miner:1 --desired-count 2 --launch-type FARGATE --network-configuration '{"awsvpcConfiguration":{"subnets":["subnet-0a1b2c3d"]}}'

#: backdoor
aws iam create-role --role-name backdoor-role --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
"$PYTHON" -c 'import zipfile; zipfile.ZipFile("code.zip", "w").writestr("index.py", "def handler(e, c): pass")'
aws lambda create-function --function-name backdoor --runtime python3.12 --handler index.handler --role arn:aws:iam::111122223333:role/backdoor-role --zip-file fileb://code.zip
aws lambda create-function-url-config --function-name backdoor --auth-type NONE
aws lambda add-permission --function-name backdoor --statement-id url --action lambda:InvokeFunctionUrl --principal '*' --function-url-auth-type NONE

#: sir-0a1b2c3d
aws ec2 request-spot-instances --instance-count 1 --type persistent --launch-specification ImageId=ami-12c6146b,InstanceType=c5.large --query 'SpotInstanceRequests[0].SpotInstanceRequestId' --output text

#: lt-0a1b2c3d
aws ec2 create-launch-template --launch-template-name miner --launch-template-data ImageId=ami-12c6146b,InstanceType=c5.large --query LaunchTemplate.LaunchTemplateId --output text

#: fleet-0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f
aws ec2 create-fleet --type maintain --target-capacity-specification TotalTargetCapacity=1,DefaultTargetCapacityType=on-demand --launch-template-configs '{"LaunchTemplateSpecification":{"LaunchTemplateId":"lt-0a1b2c3d","Version":"1"},"Overrides":[{"SubnetId":"subnet-0a1b2c3d"}]}' --query FleetId --output text

#: role/fleet
aws iam create-role --role-name fleet --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"spotfleet.amazonaws.com"},"Action":"sts:AssumeRole"}]}'

#: sfr-0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f
aws ec2 request-spot-fleet --spot-fleet-request-config '{"AllocationStrategy":"lowestPrice","TargetCapacity":1,"IamFleetRole":"arn:aws:iam::111122223333:role/fleet","Type":"maintain","LaunchSpecifications":[{"ImageId":"ami-12c6146b","InstanceType":"c5.large","SubnetId":"subnet-0a1b2c3d"}]}' --query SpotFleetRequestId --output text

#: organizations
aws organizations create-organization --feature-set ALL

#: 444455556666
aws organizations create-account --account-name other --email other@example.com --query CreateAccountStatus.AccountId --output text

#: p-examplepolicyid
aws organizations create-policy --type SERVICE_CONTROL_POLICY --name example --description example --content '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}' --query Policy.PolicySummary.Id --output text

#: 1234abcd-12ab-34cd-56ef-1234567890ab
KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)
aws kms schedule-key-deletion --key-id "$KEY" --query KeyId --output text

#: example-invoices
aws s3api create-bucket --bucket example-invoices-111122223333
aws s3api put-bucket-versioning --bucket example-invoices-111122223333 --versioning-configuration Status=Enabled
aws s3api put-bucket-policy --bucket example-invoices-111122223333 --policy '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::example-invoices-111122223333/*"}]}'
aws s3api put-bucket-encryption --bucket example-invoices-111122223333 --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}]}'
aws s3api put-public-access-block --bucket example-invoices-111122223333 --public-access-block-configuration BlockPublicAcls=true
aws s3api put-bucket-lifecycle-configuration --bucket example-invoices-111122223333 --lifecycle-configuration '{"Rules":[{"ID":"x","Status":"Enabled","Filter":{"Prefix":""},"Expiration":{"Days":7}}]}'
aws s3api put-object --bucket example-invoices-111122223333 --key invoice-1.pdf
aws s3api delete-object --bucket example-invoices-111122223333 --key invoice-1.pdf
aws s3api list-buckets --query 'Buckets[0].Name' --output text

#: promo.example.net
aws sesv2 create-email-identity --email-identity promo.example.net

#: nightly
aws scheduler create-schedule --name nightly --schedule-expression 'rate(1 day)' --flexible-time-window Mode=OFF --target '{"Arn":"arn:aws:scheduler:::aws-sdk:ec2:runInstances","RoleArn":"arn:aws:iam::111122223333:role/nightly","Input":"{}"}'
